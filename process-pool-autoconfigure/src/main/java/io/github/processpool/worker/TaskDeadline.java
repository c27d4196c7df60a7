package io.github.processpool.worker;

import java.util.OptionalLong;

import io.github.processpool.TaskClock;
import org.jspecify.annotations.Nullable;

/**
 * When the task of this process has to end. A process has one task at a time, so this
 * holds on all of its threads. Safe for use by many threads.
 */
public final class TaskDeadline implements TaskClock {

	private static volatile @Nullable Limit present;

	/**
	 * A task begins.
	 * @param timeoutNanos how long it may take, or 0 for no limit
	 */
	static void begin(long timeoutNanos) {
		if (timeoutNanos > 0) {
			present = new Limit(System.nanoTime(), timeoutNanos);
		}
	}

	/**
	 * The task has ended.
	 */
	static void end() {
		if (present != null) {
			present = null;
		}
	}

	@Override
	public OptionalLong remainingNanos() {
		Limit limit = present;
		return (limit != null) ? OptionalLong.of(limit.nanos() - (System.nanoTime() - limit.startNanos()))
				: OptionalLong.empty();
	}

	private record Limit(long startNanos, long nanos) {

	}

}
