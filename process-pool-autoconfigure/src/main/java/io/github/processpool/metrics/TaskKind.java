package io.github.processpool.metrics;

import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.micrometer.core.instrument.Tags;

/**
 * Tasks that are timed together.
 *
 * @param pool name of the pool
 * @param className simple name of the class of the deferred method, or of the task
 * @param methodName name of the deferred method, or {@code call}
 * @param outcome what became of them
 */
record TaskKind(String pool, String className, String methodName, Outcome outcome) {

	/** In the place of the names of classes and methods when these are too many. */
	private static final String OTHER = "other";

	static TaskKind of(TaskEvent event) {
		return new TaskKind(event.pool(), event.className(), event.methodName(), event.outcome());
	}

	TaskKind withoutNames() {
		return new TaskKind(this.pool, OTHER, OTHER, this.outcome);
	}

	Tags tags(ProcessPoolMeterConvention convention) {
		return convention.getTaskTags(this.pool, this.className, this.methodName);
	}

	Tags outcomeTags(ProcessPoolMeterConvention convention) {
		return convention.getOutcomeTags(this.pool, this.className, this.methodName, this.outcome);
	}

}
