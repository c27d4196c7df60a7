package io.github.processpool;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the death of a worker that was running a task.
 *
 * @param pool name of the pool
 * @param workerId number of the worker in its pool
 * @param pid process id of the worker
 * @param age time from its launch to its end
 * @param reason why it ended
 * @param exitCode its exit code, or -1 if it is not known
 * @param signal name of the signal that ended it, or {@code null}
 * @param task what it was running
 * @param elapsed how long it had been running that
 * @param attempt how many times the task had been started, this time included
 * @param completed whether the task had ended and only its outcome was lost
 * @param stderrTail the last lines that the worker wrote to its standard error
 * @param errorLog excerpt of the error log that the JVM wrote, or {@code null}
 * @param detail what else is known and what to do about it, one line, or {@code null}
 * @since 0.1.0
 */
public record CrashReport(String pool, int workerId, long pid, Duration age, ExitReason reason, int exitCode,
		@Nullable String signal, String task, Duration elapsed, int attempt, boolean completed, List<String> stderrTail,
		@Nullable String errorLog, @Nullable String detail) implements Serializable {

	/**
	 * Copies the list.
	 */
	public CrashReport {
		stderrTail = List.copyOf(stderrTail);
	}

	/**
	 * The report as a message that can be acted on.
	 * @return several lines if there is an error log or output on standard error
	 */
	public String describe() {
		StringBuilder text = new StringBuilder();
		text.append("Worker ").append(this.workerId).append(" of pool '").append(this.pool).append("' (pid ");
		text.append(this.pid).append(", up ").append(seconds(this.age)).append(") ").append(end());
		text.append(" while running task '").append(this.task).append("' for ").append(seconds(this.elapsed));
		text.append(" (attempt ").append(this.attempt).append(')');
		if (this.completed && this.reason != ExitReason.OUT_OF_MEMORY) {
			text.append("; the task had ended, only its outcome was lost");
		}
		if (this.detail != null) {
			text.append(": ").append(this.detail);
		}
		if (this.errorLog != null) {
			text.append("\n--- error log of the JVM ---\n").append(this.errorLog.stripTrailing());
		}
		if (!this.stderrTail.isEmpty()) {
			text.append("\n--- last lines of its standard error ---\n").append(String.join("\n", this.stderrTail));
		}
		return text.toString();
	}

	private String end() {
		if (this.reason == ExitReason.OUT_OF_MEMORY && this.signal == null) {
			return "ran out of memory" + ((this.exitCode < 0) ? "" : " (exit code " + this.exitCode + ")");
		}
		if (this.reason == ExitReason.PROTOCOL_ERROR) {
			return "was killed for breaking the protocol";
		}
		if (this.reason == ExitReason.UNRESPONSIVE) {
			return "was killed because it stopped answering";
		}
		if (this.signal != null) {
			return "was ended by " + this.signal + " (exit code " + this.exitCode + ")";
		}
		return (this.exitCode < 0) ? "died, exit code unknown" : "died with exit code " + this.exitCode;
	}

	private static String seconds(Duration duration) {
		long millis = duration.toMillis();
		return (millis < 10_000) ? millis + " ms" : millis / 1000 + " s";
	}

}
