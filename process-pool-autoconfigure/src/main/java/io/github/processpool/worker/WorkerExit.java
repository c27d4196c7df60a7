package io.github.processpool.worker;

import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.ExitCode;

/**
 * The end of a worker that ends itself: at once, without shutdown hooks, and with all
 * that it started.
 */
final class WorkerExit {

	private static final long KILL_SECONDS = 2;

	private static volatile boolean training;

	private WorkerExit() {
	}

	/**
	 * From here on the JVM writes an archive of classes when it is halted.
	 */
	static void training() {
		training = true;
	}

	static void now(ExitCode code) {
		try {
			ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
			if (code == ExitCode.PARENT_GONE || (training && code != ExitCode.OK)) {
				kill();
			}
		}
		finally {
			Runtime.getRuntime().halt(code.code());
		}
	}

	/**
	 * Nobody reads the exit code. Halting waits for compilers and for threads in native
	 * code, which may take seconds, and in training it writes an archive that nobody
	 * wants any more. The JVM cannot kill itself; where there is no such command it is
	 * halted all the same.
	 */
	private static void kill() {
		try {
			new ProcessBuilder("kill", "-KILL", String.valueOf(ProcessHandle.current().pid())).start()
				.waitFor(training ? KILL_SECONDS : 0, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			// No such command
		}
	}

}
