package io.github.processpool.codec;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import io.github.processpool.protocol.PayloadOutput;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was captured for one task. Confined to one thread.
 */
final class ContextWriter {

	/** A context is a few identifiers; what is larger belongs to the arguments. */
	static final int LARGEST = 64 * 1024;

	private static final int MOST_VALUES = 1000;

	private final TypeFilter filter;

	private final ValueCodec codec;

	private final ContextProblems problems;

	private byte[] bytes = new byte[256];

	private int size = 1;

	private int propagators;

	ContextWriter(TypeFilter filter, ValueCodec codec, ContextProblems problems) {
		this.filter = filter;
		this.codec = codec;
		this.problems = problems;
	}

	void write(String name, Map<String, ?> values) {
		int start = this.size;
		writeText(name.getBytes(StandardCharsets.UTF_8));
		int counted = this.size;
		writeShort(0);
		int count = 0;
		for (Map.Entry<String, ?> entry : values.entrySet()) {
			if (count < MOST_VALUES && write(name, entry.getKey(), entry.getValue())) {
				count++;
			}
		}
		if (this.size > LARGEST) {
			this.problems.leftOut(name, "all", new IOException("more than " + LARGEST + " bytes"));
			count = 0;
		}
		if (count == 0) {
			this.size = start;
			return;
		}
		this.bytes[counted] = (byte) (count >>> 8);
		this.bytes[counted + 1] = (byte) count;
		this.propagators++;
	}

	private boolean write(String name, @Nullable String key, @Nullable Object value) {
		if (key == null || value == null) {
			return false;
		}
		byte[] encoded;
		try {
			encoded = (value instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : encode(key, value);
		}
		catch (RuntimeException ex) {
			this.problems.leftOut(name, key, ex);
			return false;
		}
		if (key.length() + encoded.length > LARGEST / 4) {
			this.problems.leftOut(name, key, new IOException(encoded.length + " bytes"));
			return false;
		}
		writeText(key.getBytes(StandardCharsets.UTF_8));
		writeByte((value instanceof String) ? CapturedContext.TEXT : CapturedContext.OBJECT);
		writeShort(encoded.length >>> 16);
		writeShort(encoded.length);
		write(encoded);
		return true;
	}

	private void writeText(byte[] text) {
		writeShort(text.length);
		write(text);
	}

	private void writeShort(int value) {
		writeByte(value >>> 8);
		writeByte(value);
	}

	private void writeByte(int value) {
		require(1);
		this.bytes[this.size++] = (byte) value;
	}

	private void write(byte[] added) {
		require(added.length);
		System.arraycopy(added, 0, this.bytes, this.size, added.length);
		this.size += added.length;
	}

	private void require(int more) {
		if (this.size + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.size + more));
		}
	}

	private byte[] encode(String key, Object value) {
		if (!(value instanceof Serializable)) {
			throw new IllegalArgumentException(value.getClass().getName() + " is not serialisable");
		}
		if (!this.filter.allows(value.getClass())) {
			throw new IllegalArgumentException(value.getClass().getName() + " is not allowed to be deserialised: add it"
					+ " to " + this.filter.settings().of("serialization.allow") + " if it is to cross");
		}
		PayloadOutput payload = new PayloadOutput(LARGEST);
		this.codec.write(payload, new Object[] { value }, "context", (index) -> "'" + key + "'");
		return payload.toPayload().toByteArray();
	}

	/**
	 * Ends the context.
	 * @return the bytes, none if there is nothing in it
	 */
	byte[] toByteArray() {
		if (this.propagators == 0) {
			return ContextCarrier.NOTHING;
		}
		this.bytes[0] = (byte) this.propagators;
		return Arrays.copyOf(this.bytes, this.size);
	}

}
