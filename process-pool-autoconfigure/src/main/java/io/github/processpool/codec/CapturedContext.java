package io.github.processpool.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads what was captured for a task: per propagator its name and its values by key. Each
 * value is encoded for itself, so that one that cannot be read costs no other.
 */
final class CapturedContext {

	static final int TEXT = 0;

	static final int OBJECT = 1;

	private final byte[] body;

	private final int end;

	private int position;

	private CapturedContext(byte[] body, int offset, int length) {
		this.body = body;
		this.position = offset;
		this.end = offset + length;
	}

	/**
	 * Reads what {@link ContextWriter} wrote.
	 * @return values by name of the propagator and key
	 * @throws IOException if it is cut or broken
	 */
	static Map<String, Map<String, Object>> read(byte[] body, int offset, int length, Decoder decoder)
			throws IOException {
		return new CapturedContext(body, offset, length).read(decoder);
	}

	private Map<String, Map<String, Object>> read(Decoder decoder) throws IOException {
		Map<String, Map<String, Object>> all = new HashMap<>();
		for (int propagators = readByte(); propagators > 0; propagators--) {
			String name = readText();
			Map<String, Object> values = new HashMap<>();
			for (int count = readShort(); count > 0; count--) {
				String key = readText();
				int kind = readByte();
				int size = (readShort() << 16) | readShort();
				int at = skip(size);
				Object value = (kind == TEXT) ? text(at, size) : decoder.decode(name, key, this.body, at, size);
				if (value != null) {
					values.put(key, value);
				}
			}
			all.put(name, values);
		}
		return all;
	}

	private int readByte() throws IOException {
		return this.body[skip(1)] & 0xff;
	}

	private int readShort() throws IOException {
		return (readByte() << 8) | readByte();
	}

	private String readText() throws IOException {
		int size = readShort();
		return text(skip(size), size);
	}

	private String text(int at, int size) {
		return new String(this.body, at, size, StandardCharsets.UTF_8);
	}

	private int skip(int size) throws IOException {
		if (size < 0 || size > this.end - this.position) {
			throw new IOException("a value of " + size + " bytes");
		}
		int at = this.position;
		this.position += size;
		return at;
	}

	/**
	 * Reads values that are no texts.
	 */
	interface Decoder {

		/**
		 * Reads a value.
		 * @return the value, or {@code null} if it is left out
		 */
		@Nullable Object decode(String propagator, String key, byte[] body, int offset, int length);

	}

}
