package io.github.processpool.codec;

import org.apache.fory.exception.ForyException;

/**
 * A graph has an object that only the serialisation of the JDK handles.
 */
final class ExoticTypeException extends ForyException {

	private static final long serialVersionUID = 1L;

	/** It says all there is to say, and is thrown for every such graph. */
	static final ExoticTypeException INSTANCE = new ExoticTypeException();

	private ExoticTypeException() {
		super("an object that only the serialisation of the JDK handles");
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
