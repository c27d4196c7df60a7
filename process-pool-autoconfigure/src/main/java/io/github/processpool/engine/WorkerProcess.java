package io.github.processpool.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.processpool.engine.launch.ErrorLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's side of a worker: its process, what it prints, and its end. Safe
 * for use by many threads.
 */
final class WorkerProcess {

	/** How long the exit code of a process is waited for that is as good as dead. */
	private static final long EXIT_MILLIS = 2000;

	private final String logName;

	private final ThreadFactory threads;

	// Guarded by this

	private @Nullable Process process;

	private @Nullable WorkerOutput output;

	private @Nullable ErrorLog errorLog;

	private boolean killed;

	private long kernelKills = KernelKills.UNKNOWN;

	private @Nullable Death death;

	private volatile long pid = -1;

	/** As the worker knows itself, and as its JVM names the error log. */
	private volatile long reportedPid = -1;

	private volatile boolean warm;

	private int outputRate;

	private String outputLimit = "";

	private Map<String, String> tags = Map.of();

	WorkerProcess(String logName, ThreadFactory threads) {
		this.logName = logName;
		this.threads = threads;
	}

	/**
	 * Sets how what it prints is logged.
	 * @param rate lines a second at most, or 0 for no limit
	 * @param limit what messages call that limit
	 * @param tags what tells the lines of this worker in the log
	 */
	synchronized void logOutput(int rate, String limit, Map<String, String> tags) {
		this.outputRate = rate;
		this.outputLimit = limit;
		this.tags = tags;
	}

	/**
	 * Remembers something that it logged, as if it had printed it.
	 * @param lines makes the lines
	 */
	void logged(Supplier<List<String>> lines) {
		WorkerOutput target;
		synchronized (this) {
			target = this.output;
		}
		if (target != null) {
			target.remember(lines);
		}
	}

	/**
	 * Launches the process.
	 * @param builder what to launch
	 * @param errorLog where its JVM would write an error log
	 * @param token first line of its standard input
	 * @return the process
	 * @throws IOException if it cannot be launched, or was killed before it was
	 */
	synchronized Process launch(ProcessBuilder builder, ErrorLog errorLog, String token) throws IOException {
		if (this.killed) {
			throw new IOException("stopped before it was launched");
		}
		this.kernelKills = KernelKills.OF_THIS_JVM.count();
		Process launched = builder.start();
		this.process = launched;
		this.death = null;
		this.pid = launched.pid();
		this.reportedPid = launched.pid();
		this.errorLog = errorLog;
		Logger logger = LoggerFactory.getLogger(this.logName);
		this.output = new WorkerOutput(launched, logger, this.outputRate, this.outputLimit, this.tags);
		this.output.start(this.threads);
		try {
			OutputStream stdin = launched.getOutputStream();
			stdin.write((token + "\n").getBytes(StandardCharsets.US_ASCII));
			stdin.flush();
		}
		catch (IOException ex) {
			// It has ended already; its exit code tells more than the broken pipe
			logger.debug("cannot write to standard input", ex);
		}
		return launched;
	}

	/**
	 * The worker has told its process id. Behind a command prefix that may be another
	 * than that of the process that was launched, and in a name space of its own it means
	 * nothing here: only a descendant of that process is taken for the worker.
	 * @param reported process id as the worker knows it
	 */
	synchronized void connected(long reported) {
		this.reportedPid = reported;
		Process target = this.process;
		if (target != null && target.descendants().anyMatch((descendant) -> descendant.pid() == reported)) {
			this.pid = reported;
		}
	}

	String logName() {
		return this.logName;
	}

	long pid() {
		return this.pid;
	}

	/**
	 * Notes that its classes come from an archive.
	 */
	void warm() {
		this.warm = true;
	}

	boolean isWarm() {
		return this.warm;
	}

	/**
	 * Whether the process has ended or is about to, and nobody killed it.
	 */
	boolean endsByItself() {
		Process target = process();
		return target != null && endsWithin(target, EXIT_MILLIS / 2) && !isKilled();
	}

	/**
	 * Waits for the end of the process.
	 * @param limit how long at most
	 * @return its exit code, or -1 if it has not ended
	 */
	int awaitEnd(Duration limit) {
		Process target = process();
		return (target != null && endsWithin(target, limit.toMillis())) ? target.exitValue() : -1;
	}

	private synchronized @Nullable Process process() {
		return this.process;
	}

	/**
	 * Whether the process is there and has not ended.
	 */
	synchronized boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	/**
	 * Whether somebody wants it to end for good.
	 */
	synchronized boolean isKilled() {
		return this.killed;
	}

	/**
	 * Ends the process and all that descend from it. Does not wait.
	 */
	synchronized void kill() {
		this.killed = true;
		dismiss();
	}

	/**
	 * Ends the process so that another can be launched in its place. Does not wait.
	 */
	synchronized void dismiss() {
		Process target = this.process;
		if (target == null) {
			return;
		}
		if (this.pid != target.pid()) {
			// Behind a command prefix, the worker is another process than ours
			ProcessHandle.of(this.pid).ifPresent(WorkerProcess::killFamily);
		}
		if (target.isAlive()) {
			killFamily(target.toHandle());
		}
	}

	private static void killFamily(ProcessHandle target) {
		// Taken before the kill: afterwards nobody knows whose children they were
		List<ProcessHandle> family = target.descendants().toList();
		target.destroyForcibly();
		family.forEach(ProcessHandle::destroyForcibly);
	}

	/**
	 * Waits for the end of a process that is ending or dead, and looks at the remains.
	 * @return how it died
	 */
	Death awaitDeath() {
		Death known;
		Process target;
		WorkerOutput printed;
		ErrorLog log;
		String kernel = null;
		synchronized (this) {
			target = this.process;
			printed = this.output;
			log = this.errorLog;
			known = this.death;
		}
		if (known != null) {
			return known;
		}
		if (target == null || printed == null || log == null) {
			return Death.unknown(null);
		}
		boolean lived = !endsWithin(target, EXIT_MILLIS / 2) && !isKilled();
		int exitCode = exitCode(target);
		synchronized (this) {
			if (!this.killed) {
				kernel = KernelKills.describe(this.kernelKills, KernelKills.OF_THIS_JVM.count());
			}
		}
		Death found = Autopsy.perform(exitCode, kernel, printed.stdoutTail(), printed.stderrTail(), log,
				this.reportedPid);
		if (lived) {
			found = found.withDetail("it had closed its connection, but did not end, and was killed for that");
		}
		synchronized (this) {
			this.death = found;
		}
		if (log.ours()) {
			delete(log.file(this.reportedPid));
		}
		closeQuietly(target.getOutputStream());
		printed.close();
		return found;
	}

	/**
	 * Exit code of a process that has ended, or is killed if it has not.
	 */
	private int exitCode(Process target) {
		if (target.isAlive()) {
			kill();
		}
		return endsWithin(target, EXIT_MILLIS / 2) ? target.exitValue() : -1;
	}

	private static boolean endsWithin(Process target, long millis) {
		try {
			return target.waitFor(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			// Goes with the directory at the latest
		}
	}

	private static void closeQuietly(OutputStream stream) {
		try {
			stream.close();
		}
		catch (IOException ex) {
			// The other end is dead
		}
	}

}
