package io.github.processpool.codec;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was captured for a task, as bytes: per propagator its name and its values by key.
 * Each value is encoded for itself, so that one that cannot be read costs no other.
 */
final class CapturedContext {

	static final int TEXT = 0;

	static final int OBJECT = 1;

	private CapturedContext() {
	}

	/**
	 * Reads what {@link ContextWriter} wrote.
	 * @return encoded values by name of the propagator and key
	 * @throws IOException if it is cut or broken
	 */
	static Map<String, Map<String, Value>> read(byte[] body, int offset, int length) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(body, offset, length));
		Map<String, Map<String, Value>> all = new HashMap<>();
		for (int propagators = in.readUnsignedByte(); propagators > 0; propagators--) {
			String name = in.readUTF();
			Map<String, Value> values = new LinkedHashMap<>();
			for (int count = in.readUnsignedShort(); count > 0; count--) {
				String key = in.readUTF();
				int kind = in.readUnsignedByte();
				int size = in.readInt();
				if (size < 0 || size > in.available()) {
					throw new IOException("a value of " + size + " bytes");
				}
				values.put(key, new Value(kind, in.readNBytes(size)));
			}
			all.put(name, values);
		}
		return all;
	}

	/**
	 * A value as it crosses.
	 */
	record Value(int kind, byte[] bytes) {

		Object decode(ValueCodec codec, String key) {
			if (this.kind == TEXT) {
				return new String(this.bytes, StandardCharsets.UTF_8);
			}
			Object value = codec.read(this.bytes, 0, "context", (index) -> "'" + key + "'")[0];
			if (value == null) {
				throw new IllegalStateException("no value");
			}
			return value;
		}

	}

}
