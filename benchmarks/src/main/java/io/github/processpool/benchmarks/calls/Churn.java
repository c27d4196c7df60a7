package io.github.processpool.benchmarks.calls;

import java.util.concurrent.locks.LockSupport;

/**
 * A job that is heavy on memory: keeps much alive and allocates at a steady rate.
 */
public final class Churn {

	private static final int LIVE_BYTES = 400 << 20;

	private static final int BYTES_PER_MILLI = 1 << 20;

	private static final int BLOCK = 1024;

	private Churn() {
	}

	/**
	 * Keeps 400 MB alive and allocates 1 GB per second.
	 * @param millis how long
	 * @return bytes allocated
	 */
	public static long run(int millis) {
		byte[][] live = new byte[LIVE_BYTES / BLOCK][];
		for (int i = 0; i < live.length; i++) {
			live[i] = new byte[BLOCK];
		}
		long random = 1;
		long allocated = 0;
		long begin = System.nanoTime();
		for (int tick = 0; tick < millis; tick++) {
			for (int i = 0; i < BYTES_PER_MILLI / BLOCK; i++) {
				byte[] block = new byte[BLOCK];
				allocated += block.length;
				random = random * 6364136223846793005L + 1442695040888963407L;
				// One of sixteen replaces an old one, the others are garbage at once
				if ((i & 15) == 0) {
					live[(int) ((random >>> 33) % live.length)] = block;
				}
			}
			long due = begin + (tick + 1) * 1_000_000L;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
		}
		return allocated;
	}

}
