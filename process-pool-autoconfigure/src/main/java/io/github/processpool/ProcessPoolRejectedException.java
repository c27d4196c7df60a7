package io.github.processpool;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A task was not run: the queue was full, the task waited longer than
 * {@code queue-timeout}, or the pool was shut down. The task had no effect.
 *
 * @since 0.1.0
 */
public class ProcessPoolRejectedException extends RejectedExecutionException {

	private static final long serialVersionUID = 1L;

	public ProcessPoolRejectedException(String message) {
		super(message);
	}

	public ProcessPoolRejectedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
