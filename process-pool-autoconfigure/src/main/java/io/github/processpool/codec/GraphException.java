package io.github.processpool.codec;

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
