package io.github.processpool.protocol;

import java.io.IOException;

/**
 * The peer sent something that is no valid message.
 */
public final class ProtocolException extends IOException {

	private static final long serialVersionUID = 1L;

	public ProtocolException(String message) {
		super(message);
	}

}
