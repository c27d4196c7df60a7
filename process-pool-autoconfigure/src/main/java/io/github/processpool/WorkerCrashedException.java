package io.github.processpool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The worker that was running a task died. Whether the task had an effect is not known,
 * unless {@link #isCompleted()} tells that it had ended. The cause is the remote error
 * where it could be caught, such as an {@link OutOfMemoryError}.
 *
 * @since 0.1.0
 */
public class WorkerCrashedException extends ProcessPoolException {

	private static final long serialVersionUID = 1L;

	private final CrashReport report;

	public WorkerCrashedException(CrashReport report, @Nullable Throwable cause) {
		super(report.describe(), cause);
		this.report = report;
	}

	/**
	 * Everything that is known about the death of the worker.
	 * @return the report behind the message
	 */
	public CrashReport getReport() {
		return this.report;
	}

	/**
	 * Exit code of the worker's process.
	 * @return the exit code, or -1 if it is not known
	 */
	public int getExitCode() {
		return this.report.exitCode();
	}

	/**
	 * Process id of the worker.
	 * @return the process id
	 */
	public long getPid() {
		return this.report.pid();
	}

	/**
	 * Name of the signal that ended the worker, such as {@code SIGSEGV}.
	 * @return the name, or empty if no signal is known to have ended it
	 */
	public Optional<String> getSignal() {
		return Optional.ofNullable(this.report.signal());
	}

	/**
	 * The last lines that the worker wrote to its standard error.
	 * @return the lines, oldest first
	 */
	public List<String> getStderrTail() {
		return this.report.stderrTail();
	}

	/**
	 * Whether the task had ended, so that only its outcome was lost.
	 * @return {@code true} if the method had returned or thrown
	 */
	public boolean isCompleted() {
		return this.report.completed();
	}

	/**
	 * How old the worker was.
	 * @return time from launch to end
	 */
	public Duration getWorkerAge() {
		return this.report.age();
	}

	/**
	 * How many times the task had been started.
	 * @return a number of at least 1
	 */
	public int getAttempt() {
		return this.report.attempt();
	}

}
