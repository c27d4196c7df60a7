package io.github.processpool.engine;

import java.util.concurrent.TimeUnit;

import io.github.processpool.WorkerStartException;
import org.jspecify.annotations.Nullable;

/**
 * Why workers cannot start at present, and when to try again: after half a second at
 * first, then after twice as long each time, up to 30 seconds. Guarded by the
 * dispatcher's lock.
 */
final class StartFailures {

	private static final long FIRST_MILLIS = 500;

	private static final long LONGEST_MILLIS = TimeUnit.SECONDS.toMillis(30);

	private @Nullable WorkerStartException latest;

	private long backOffMillis = FIRST_MILLIS;

	@Nullable WorkerStartException latest() {
		return this.latest;
	}

	/**
	 * Notes a failure.
	 * @return how long to wait before the next attempt, in milliseconds
	 */
	long failed(WorkerStartException failure) {
		this.latest = failure;
		long millis = this.backOffMillis;
		this.backOffMillis = Math.min(LONGEST_MILLIS, millis * 2);
		return millis;
	}

	void succeeded() {
		this.latest = null;
		this.backOffMillis = FIRST_MILLIS;
	}

}
