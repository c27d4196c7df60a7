package io.github.processpool.engine;

import java.util.Map;

import io.github.processpool.TaskEvent;
import org.jspecify.annotations.Nullable;

/**
 * Observes tasks from their submission to their outcome, for tracing. What it throws is a
 * fault of the pool, so it must not throw. Safe for use by many threads.
 */
@FunctionalInterface
public interface TaskObserver {

	/** Observes nothing. */
	TaskObserver NONE = (pool, className, methodName) -> null;

	/**
	 * A task is being submitted. Called on the thread of its caller, before the task is
	 * encoded.
	 * @param pool name of the pool
	 * @param className simple name of the class whose method was deferred, or of the task
	 * @param methodName name of the deferred method, or {@code call}
	 * @return the observation, or {@code null} if this task is not observed
	 */
	@Nullable Observed submitted(String pool, String className, String methodName);

	/**
	 * The observation of one task.
	 */
	interface Observed {

		/**
		 * What the worker needs to go on with it.
		 * @return the trace context by the names of its fields, perhaps nothing
		 */
		Map<String, String> traceContext();

		/**
		 * The outcome is known. Called once, on any thread.
		 * @param event the outcome
		 * @param pid process id of the worker, or -1 if there was none
		 * @param failure what the future fails with, or {@code null}
		 */
		void finished(TaskEvent event, long pid, @Nullable Throwable failure);

	}

}
