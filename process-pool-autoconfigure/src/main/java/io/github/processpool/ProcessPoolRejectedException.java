package io.github.processpool;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A task was not run: the queue was full, by {@code queue-capacity} or by
 * {@code queue-bytes}, the task waited longer than {@code queue-timeout}, or the pool or
 * this JVM was being stopped. The task had no effect. As a
 * {@link RejectedExecutionException} it is what callers of executors catch already; it is
 * no {@link ProcessPoolException}.
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
