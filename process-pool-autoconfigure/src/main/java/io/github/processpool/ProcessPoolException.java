package io.github.processpool;

import org.jspecify.annotations.Nullable;

/**
 * Root of what a pool reports about itself, as opposed to what a task throws. A task that
 * was never run for want of room or time is reported as
 * {@link ProcessPoolRejectedException} instead.
 *
 * @since 0.1.0
 */
public class ProcessPoolException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ProcessPoolException(String message) {
		super(message);
	}

	public ProcessPoolException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
