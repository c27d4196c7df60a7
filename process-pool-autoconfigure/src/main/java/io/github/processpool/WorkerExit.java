package io.github.processpool;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a worker ended.
 *
 * @param workerId number of the worker in its pool, counted from 1
 * @param pid process id, or -1 if no process came to be
 * @param reason why it ended
 * @param exitCode exit code of the process, or -1 if it is not known
 * @param signal name of the signal that ended the process, or {@code null}
 * @param age time from launch to end
 * @param at when the end was noticed
 * @param detail what else is known, one line, or {@code null}
 * @param task what it was running, or {@code null}
 * @since 0.1.0
 */
public record WorkerExit(int workerId, long pid, ExitReason reason, int exitCode, @Nullable String signal, Duration age,
		Instant at, @Nullable String detail, @Nullable String task) {

	/**
	 * Creates the end of a worker that was running nothing.
	 */
	public WorkerExit(int workerId, long pid, ExitReason reason, int exitCode, @Nullable String signal, Duration age,
			Instant at, @Nullable String detail) {
		this(workerId, pid, reason, exitCode, signal, age, at, detail, null);
	}

}
