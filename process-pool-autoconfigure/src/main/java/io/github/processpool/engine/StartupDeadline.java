package io.github.processpool.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.processpool.engine.launch.SettingException;

/**
 * When a worker has to be ready that starts now. Immutable.
 */
final class StartupDeadline {

	private final long startNanos = System.nanoTime();

	private final long timeoutNanos;

	/**
	 * Begins to count.
	 * @param timeout how long the start may take, or zero for any time
	 */
	StartupDeadline(Duration timeout) {
		this.timeoutNanos = timeout.isZero() ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
	}

	/**
	 * How much time is left, zero or less if it is over.
	 */
	long leftNanos() {
		return (this.timeoutNanos == Long.MAX_VALUE) ? Long.MAX_VALUE
				: this.timeoutNanos - (System.nanoTime() - this.startNanos);
	}

	IOException exceeded() {
		return new SettingException("startup-timeout", "it was not ready for tasks within "
				+ TimeUnit.NANOSECONDS.toMillis(this.timeoutNanos) + " ms. Raise {} if its start takes that long");
	}

}
