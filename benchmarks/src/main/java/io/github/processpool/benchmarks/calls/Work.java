package io.github.processpool.benchmarks.calls;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What is done at the other side, the same for all contenders that are written in Java.
 */
final class Work {

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private Work() {
	}

	/**
	 * Uses processor time. The time that passes meanwhile depends on who else runs.
	 * @param millis how much
	 * @return the parameter
	 */
	static int burn(int millis) {
		long end = threads.getCurrentThreadCpuTime() + millis * 1_000_000L;
		long value = 1;
		while (threads.getCurrentThreadCpuTime() < end) {
			for (int i = 0; i < 10_000; i++) {
				value = value * 6364136223846793005L + 1;
			}
		}
		return (value != 0) ? millis : -1;
	}

}
