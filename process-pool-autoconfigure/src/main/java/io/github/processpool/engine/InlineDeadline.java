package io.github.processpool.engine;

import java.util.OptionalLong;

import io.github.processpool.TaskClock;
import org.jspecify.annotations.Nullable;

/**
 * When the task of the present thread has to end, for tasks that run in this JVM. Threads
 * that a task starts know nothing of it: others run here at the same time.
 */
public final class InlineDeadline implements TaskClock {

	private static final ThreadLocal<@Nullable Limit> PRESENT = new ThreadLocal<>();

	/**
	 * A task begins on this thread.
	 * @param timeoutNanos how long it may take, or 0 for no limit
	 */
	static void begin(long timeoutNanos) {
		if (timeoutNanos > 0) {
			PRESENT.set(new Limit(System.nanoTime(), timeoutNanos));
		}
	}

	/**
	 * The task of this thread has ended.
	 */
	static void end() {
		PRESENT.remove();
	}

	@Override
	public OptionalLong remainingNanos() {
		Limit limit = PRESENT.get();
		return (limit != null) ? OptionalLong.of(limit.nanos() - (System.nanoTime() - limit.startNanos()))
				: OptionalLong.empty();
	}

	private record Limit(long startNanos, long nanos) {

	}

}
