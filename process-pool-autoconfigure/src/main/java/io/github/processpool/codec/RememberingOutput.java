package io.github.processpool.codec;

import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Passes bytes on until that fails, and from then on fails for ever: code that catches an
 * exception while its object is written must not make a stream with a hole look complete.
 */
final class RememberingOutput extends OutputStream {

	private final OutputStream out;

	private @Nullable IOException failure;

	RememberingOutput(OutputStream out) {
		this.out = out;
	}

	@Override
	public void write(int b) throws IOException {
		check();
		try {
			this.out.write(b);
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		check();
		try {
			this.out.write(bytes, offset, length);
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	void check() throws IOException {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	Throwable failureOr(Throwable other) {
		return (this.failure != null) ? this.failure : other;
	}

}
