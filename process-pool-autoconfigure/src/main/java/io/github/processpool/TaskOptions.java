package io.github.processpool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What one task asks for beyond its pool's settings. Immutable.
 *
 * @param taskTimeout longest time of one execution, counted from its start; {@code null}
 * means the pool's, zero means none
 * @param queueTimeout longest wait for a worker; {@code null} means the pool's, zero
 * means none
 * @param idempotent whether the task may run again when the worker that was running it
 * died
 * @param maxAttempts how many times an idempotent task is started at most, at least 1
 * @param description what the task is called in messages and snapshots; {@code null}
 * means a name derived from its class
 * @since 0.1.0
 */
public record TaskOptions(@Nullable Duration taskTimeout, @Nullable Duration queueTimeout, boolean idempotent,
		int maxAttempts, @Nullable String description) {

	private static final TaskOptions DEFAULTS = new TaskOptions(null, null, false, 2, null);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if a timeout is negative or {@code maxAttempts} is
	 * less than 1
	 */
	public TaskOptions {
		requireNotNegative(taskTimeout, "taskTimeout");
		requireNotNegative(queueTimeout, "queueTimeout");
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("maxAttempts is " + maxAttempts + " but has to be at least 1");
		}
	}

	/**
	 * The options of a task that asks for nothing of its own.
	 * @return the pool's settings, not idempotent
	 */
	public static TaskOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * The same options with another limit to an execution.
	 * @param taskTimeout the limit; {@code null} means the pool's, zero means none
	 * @return changed options
	 * @throws IllegalArgumentException if it is negative
	 */
	public TaskOptions withTaskTimeout(@Nullable Duration taskTimeout) {
		return new TaskOptions(taskTimeout, this.queueTimeout, this.idempotent, this.maxAttempts, this.description);
	}

	/**
	 * The same options with another limit to the wait for a worker.
	 * @param queueTimeout the limit; {@code null} means the pool's, zero means none
	 * @return changed options
	 * @throws IllegalArgumentException if it is negative
	 */
	public TaskOptions withQueueTimeout(@Nullable Duration queueTimeout) {
		return new TaskOptions(this.taskTimeout, queueTimeout, this.idempotent, this.maxAttempts, this.description);
	}

	/**
	 * The same options for a task that may run again after its worker died.
	 * @param maxAttempts how many times it is started at most, at least 1
	 * @return idempotent options
	 * @throws IllegalArgumentException if {@code maxAttempts} is less than 1
	 */
	public TaskOptions withIdempotent(int maxAttempts) {
		return new TaskOptions(this.taskTimeout, this.queueTimeout, true, maxAttempts, this.description);
	}

	/**
	 * The same options for a task that is called something else.
	 * @param description what it is called; {@code null} means a name derived from its
	 * class
	 * @return changed options
	 */
	public TaskOptions withDescription(@Nullable String description) {
		return new TaskOptions(this.taskTimeout, this.queueTimeout, this.idempotent, this.maxAttempts, description);
	}

	private static void requireNotNegative(@Nullable Duration duration, String name) {
		if (duration != null && duration.isNegative()) {
			throw new IllegalArgumentException(name + " is " + duration + " but must not be negative");
		}
	}

}
