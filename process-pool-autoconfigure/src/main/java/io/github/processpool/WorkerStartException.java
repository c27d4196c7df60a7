package io.github.processpool;

import org.jspecify.annotations.Nullable;

/**
 * No worker could be started, so a task could not run. The cause is what the worker
 * itself reported, or the fault of the machine. The pool goes on trying; until a worker
 * starts, further tasks fail at once with the latest cause.
 *
 * @since 0.1.0
 */
public class WorkerStartException extends ProcessPoolException {

	private static final long serialVersionUID = 1L;

	public WorkerStartException(String message) {
		super(message);
	}

	public WorkerStartException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
