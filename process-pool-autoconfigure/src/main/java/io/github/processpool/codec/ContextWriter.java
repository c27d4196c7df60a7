package io.github.processpool.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

	private final DataOutputStream out = new DataOutputStream(this.bytes);

	private int propagators;

	ContextWriter(TypeFilter filter, ValueCodec codec, ContextProblems problems) {
		this.filter = filter;
		this.codec = codec;
		this.problems = problems;
		this.bytes.write(0);
	}

	void write(String name, Map<String, ?> values) {
		try {
			ContextWriter part = new ContextWriter(this.filter, this.codec, this.problems);
			int count = 0;
			for (Map.Entry<String, ?> entry : values.entrySet()) {
				if (count < MOST_VALUES && part.write(name, entry.getKey(), entry.getValue())) {
					count++;
				}
			}
			if (count == 0) {
				return;
			}
			byte[] encoded = part.bytes.toByteArray();
			if (this.bytes.size() + encoded.length > LARGEST) {
				this.problems.leftOut(name, "all", new IOException("more than " + LARGEST + " bytes"));
				return;
			}
			this.out.writeUTF(name);
			this.out.writeShort(count);
			this.out.write(encoded, 1, encoded.length - 1);
			this.propagators++;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean write(String name, @Nullable String key, @Nullable Object value) throws IOException {
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
		this.out.writeUTF(key);
		this.out.writeByte((value instanceof String) ? CapturedContext.TEXT : CapturedContext.OBJECT);
		this.out.writeInt(encoded.length);
		this.out.write(encoded);
		return true;
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
		byte[] all = this.bytes.toByteArray();
		all[0] = (byte) this.propagators;
		return all;
	}

}
