package io.github.processpool.codec;

import java.io.IOException;

/**
 * Bytes are no body that this version writes: cut, or garbage.
 */
final class DamagedBodyException extends IOException {

	private static final long serialVersionUID = 1L;

	DamagedBodyException(int position, String reason) {
		super("byte " + position + ": " + reason);
	}

}
