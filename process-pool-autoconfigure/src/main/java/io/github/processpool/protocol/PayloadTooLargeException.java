package io.github.processpool.protocol;

import java.io.IOException;

/**
 * More bytes than the limit were to be written.
 */
public final class PayloadTooLargeException extends IOException {

	private static final long serialVersionUID = 1L;

	private final long limit;

	/**
	 * Creates the exception.
	 * @param limit the limit that was exceeded
	 */
	public PayloadTooLargeException(long limit) {
		super("more than " + limit + " bytes");
		this.limit = limit;
	}

	/**
	 * The limit that was exceeded.
	 * @return a number of bytes
	 */
	public long getLimit() {
		return this.limit;
	}

}
