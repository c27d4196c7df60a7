package io.github.processpool.metrics;

import java.util.Locale;

/**
 * Names of the meters and of their tags.
 */
final class MeterNames {

	static final String WORKERS = "processpool.workers";

	static final String TASKS_QUEUED = "processpool.tasks.queued";

	static final String TASK = "processpool.task";

	static final String TASK_EXECUTION = "processpool.task.execution";

	static final String TASK_WAIT = "processpool.task.wait";

	static final String WORKER_STARTUP = "processpool.worker.startup";

	static final String WORKERS_TERMINATED = "processpool.workers.terminated";

	static final String POOL_TAG = "pool";

	static final String STATE_TAG = "state";

	static final String CLASS_TAG = "class";

	static final String METHOD_TAG = "method";

	static final String OUTCOME_TAG = "outcome";

	static final String REASON_TAG = "reason";

	private MeterNames() {
	}

	static String tagValue(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
