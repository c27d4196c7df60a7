package io.github.processpool.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.protocol.ExitCode;

/**
 * What a worker changes about its own process. Each is done where the platform allows it
 * and left alone where it does not.
 */
final class ProcessSetup {

	/** High enough that the kernel takes a worker before the service. */
	private static final String OOM_SCORE = "800";

	private static final Path OOM_SCORE_FILE = Path.of("/proc/self/oom_score_adj");

	/**
	 * Sent to all processes of a terminal or a service at once. The parent decides what
	 * becomes of its workers, and lets tasks end that are running.
	 */
	private static final String[] PARENTS_SIGNALS = { "INT", "TERM", "HUP" };

	private static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(5);

	private ProcessSetup() {
	}

	static void apply() {
		Runtime.getRuntime().addShutdownHook(new Thread(ProcessSetup::limitShutdown, "processpool-exit"));
		if (Files.isWritable(OOM_SCORE_FILE)) {
			try {
				Files.writeString(OOM_SCORE_FILE, OOM_SCORE);
			}
			catch (IOException ex) {
				// Not allowed here: the kernel chooses as it would without
			}
		}
		for (String signal : PARENTS_SIGNALS) {
			Signals.ignore(signal);
		}
	}

	/**
	 * A task called {@code System.exit}. Should its shutdown hooks hang, nobody would
	 * ever hear of the task again.
	 */
	private static void limitShutdown() {
		Thread thread = new Thread(() -> {
			long start = System.nanoTime();
			while (System.nanoTime() - start < SHUTDOWN_NANOS) {
				LockSupport.parkNanos(SHUTDOWN_NANOS);
			}
			WorkerExit.now(ExitCode.SHUTDOWN_HUNG);
		}, "processpool-exit-limit");
		thread.setDaemon(true);
		thread.start();
	}

}
