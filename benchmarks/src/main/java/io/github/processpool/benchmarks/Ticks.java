package io.github.processpool.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that wants to do something each millisecond, as a stand-in for requests: how
 * late it comes. A tick that was missed is late too.
 */
final class Ticks {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(1);

	private Ticks() {
	}

	/**
	 * Ticks.
	 * @param count how often
	 * @return nanoseconds that each tick was late
	 */
	static long[] run(int count) {
		long[] late = new long[count];
		long begin = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = begin + i * PERIOD;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			late[i] = System.nanoTime() - due;
		}
		return late;
	}

}
