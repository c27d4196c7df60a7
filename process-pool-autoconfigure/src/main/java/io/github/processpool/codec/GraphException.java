package io.github.processpool.codec;

import io.github.processpool.protocol.PayloadTooLargeException;

/**
 * One of the values of a graph cannot be written or read; the cause says why.
 */
final class GraphException extends Exception {

	private static final long serialVersionUID = 1L;

	private final int index;

	private final Throwable failure;

	GraphException(int index, Throwable failure) {
		super(null, failure, false, false);
		this.index = index;
		this.failure = failure;
	}

	/**
	 * The same failure, and if that is a limit, the one that users know.
	 * @param limit that limit
	 * @return the exception to throw
	 */
	GraphException withLimit(long limit) {
		return (this.failure instanceof PayloadTooLargeException)
				? new GraphException(this.index, new PayloadTooLargeException(limit)) : this;
	}

	/**
	 * Which of the values it is.
	 * @return its index in the list that was to be written or read
	 */
	int index() {
		return this.index;
	}

	/**
	 * What went wrong.
	 * @return whatever was thrown, an {@link Error} too
	 */
	Throwable failure() {
		return this.failure;
	}

}
