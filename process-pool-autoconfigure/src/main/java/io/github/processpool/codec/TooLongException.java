package io.github.processpool.codec;

import org.apache.fory.exception.ForyException;

/**
 * A graph has become longer than what may be written.
 */
final class TooLongException extends ForyException {

	private static final long serialVersionUID = 1L;

	/** The caller knows the limit. */
	static final TooLongException INSTANCE = new TooLongException();

	private TooLongException() {
		super("too long");
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
