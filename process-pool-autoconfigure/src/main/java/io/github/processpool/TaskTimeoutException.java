package io.github.processpool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A task ran for longer than its {@code task-timeout}. Its thread is interrupted, and its
 * worker is killed if the task has not ended within {@code cancel-grace}.
 *
 * @since 0.1.0
 */
public class TaskTimeoutException extends ProcessPoolException {

	private static final long serialVersionUID = 1L;

	private final Duration timeout;

	private final long pid;

	private final @Nullable String threadDump;

	public TaskTimeoutException(String message, Duration timeout, long pid, @Nullable String threadDump) {
		super(message);
		this.timeout = timeout;
		this.pid = pid;
		this.threadDump = threadDump;
	}

	/**
	 * The timeout that was in force.
	 * @return the longest time of one execution
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

	/**
	 * Process id of the worker that ran the task.
	 * @return the process id
	 */
	public long getPid() {
		return this.pid;
	}

	/**
	 * What the threads of the worker did at the deadline.
	 * @return a thread dump, or {@code null} if the worker did not answer in time
	 */
	public @Nullable String getThreadDump() {
		return this.threadDump;
	}

}
