package io.github.processpool;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What code can ask about the JVM it runs in.
 *
 * @since 0.1.0
 */
public final class ProcessWorker {

	/**
	 * System property that names the pool in the JVM of a worker, and is absent
	 * elsewhere.
	 */
	public static final String POOL_PROPERTY = "io.github.processpool.worker.pool";

	private ProcessWorker() {
	}

	/**
	 * Whether this JVM is a worker.
	 * @return {@code true} in a worker, {@code false} in the application's own JVM
	 */
	public static boolean isActive() {
		return System.getProperty(POOL_PROPERTY) != null;
	}

	/**
	 * How long the task that runs here may still run before its timeout. In a worker all
	 * threads get the same answer; one that outlives its task gets that of the next. In
	 * inline mode the answer holds for the thread of the task, and others get none.
	 * @return a duration, zero if it is over; empty if the task has no timeout, or if
	 * this is no task
	 */
	public static Optional<Duration> remainingTime() {
		OptionalLong nanos = TaskClocks.remainingNanos();
		return nanos.isPresent() ? Optional.of(Duration.ofNanos(Math.max(0, nanos.getAsLong()))) : Optional.empty();
	}

}
