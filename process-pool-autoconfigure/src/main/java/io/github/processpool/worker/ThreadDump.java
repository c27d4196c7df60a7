package io.github.processpool.worker;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;

/**
 * All threads of this JVM as text, with the locks that they hold and wait for.
 */
final class ThreadDump {

	private ThreadDump() {
	}

	static String take() {
		StringBuilder text = new StringBuilder();
		for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
			append(text, thread);
		}
		return text.toString();
	}

	private static void append(StringBuilder text, ThreadInfo thread) {
		text.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState()).append('\n');
		StackTraceElement[] frames = thread.getStackTrace();
		LockInfo awaited = thread.getLockInfo();
		for (int depth = 0; depth < frames.length; depth++) {
			text.append("\tat ").append(frames[depth]).append('\n');
			if (depth == 0 && awaited != null) {
				text.append("\t- waiting for ").append(awaited);
				if (thread.getLockOwnerName() != null) {
					text.append(", held by \"").append(thread.getLockOwnerName()).append('"');
				}
				text.append('\n');
			}
			for (MonitorInfo monitor : thread.getLockedMonitors()) {
				if (monitor.getLockedStackDepth() == depth) {
					text.append("\t- locked ").append(monitor).append('\n');
				}
			}
		}
		text.append('\n');
	}

}
