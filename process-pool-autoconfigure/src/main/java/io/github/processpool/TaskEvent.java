package io.github.processpool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a task.
 *
 * @param pool name of the pool
 * @param className simple name of the class whose method was deferred, or of the task
 * @param methodName name of the deferred method, or {@code call}
 * @param outcome what became of it
 * @param total time from submission to outcome
 * @param waited time from submission to dispatch to a worker, or {@code null} if it was
 * never dispatched
 * @param executed time from dispatch to outcome, or {@code null} if it was never
 * dispatched
 * @param workerId number of the worker that it was dispatched to last, or 0 if it never
 * was
 * @param attempts how many times it was started, as far as is known
 * @param transfer what it took to send it and its result, or {@code null} if nothing was
 * encoded, or nothing had to be sent
 * @since 0.1.0
 */
public record TaskEvent(String pool, String className, String methodName, Outcome outcome, Duration total,
		@Nullable Duration waited, @Nullable Duration executed, int workerId, int attempts,
		@Nullable TaskTransfer transfer) {

	/**
	 * Creates the outcome of a task of which nothing is known about its worker.
	 */
	public TaskEvent(String pool, String className, String methodName, Outcome outcome, Duration total,
			@Nullable Duration waited, @Nullable Duration executed) {
		this(pool, className, methodName, outcome, total, waited, executed, 0, (executed != null) ? 1 : 0, null);
	}

	/**
	 * What can become of a task.
	 */
	public enum Outcome {

		/** Returned a value. */
		SUCCESS,

		/** Threw an exception. */
		ERROR,

		/** Its arguments or its result could not cross. */
		SERIALIZATION,

		/** Its worker died. */
		CRASHED,

		/** Ran into its timeout. */
		TIMEOUT,

		/** Was cancelled, or completed by somebody else. */
		CANCELLED,

		/** Never ran. */
		REJECTED

	}

}
