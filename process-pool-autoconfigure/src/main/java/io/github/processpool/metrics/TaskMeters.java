package io.github.processpool.metrics;

import java.time.Duration;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Timers and counters of what happens in the pools: tasks, starts and ends of workers.
 *
 * @since 0.1.0
 */
public final class TaskMeters implements PoolListener {

	private final MeterRegistry registry;

	public TaskMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void taskFinished(TaskEvent event) {
		task(MeterNames.TASK, "Time of tasks from submission to outcome", event).record(event.total());
		if (event.executed() != null) {
			task(MeterNames.TASK_EXECUTION, "Time of tasks from dispatch to outcome", event).record(event.executed());
		}
		if (event.waited() != null) {
			Timer.builder(MeterNames.TASK_WAIT)
				.description("Time of tasks from submission to dispatch")
				.tag(MeterNames.POOL_TAG, event.pool())
				.register(this.registry)
				.record(event.waited());
		}
	}

	private Timer task(String name, String description, TaskEvent event) {
		return Timer.builder(name)
			.description(description)
			.tag(MeterNames.POOL_TAG, event.pool())
			.tag(MeterNames.CLASS_TAG, event.className())
			.tag(MeterNames.METHOD_TAG, event.methodName())
			.tag(MeterNames.OUTCOME_TAG, MeterNames.tagValue(event.outcome()))
			.register(this.registry);
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		Timer.builder(MeterNames.WORKER_STARTUP)
			.description("Time of workers from launch to ready")
			.tag(MeterNames.POOL_TAG, pool)
			.register(this.registry)
			.record(startupTime);
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		Counter.builder(MeterNames.WORKERS_TERMINATED)
			.description("Number of workers that ended")
			.tag(MeterNames.POOL_TAG, pool)
			.tag(MeterNames.REASON_TAG, MeterNames.tagValue(exit.reason()))
			.register(this.registry)
			.increment();
	}

}
