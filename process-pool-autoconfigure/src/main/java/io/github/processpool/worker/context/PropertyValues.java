package io.github.processpool.worker.context;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings, lists and values of properties as bytes. Strings may be longer than
 * {@code writeUTF} allows.
 */
final class PropertyValues {

	private PropertyValues() {
	}

	static void writeString(DataOutputStream out, String value) throws IOException {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	static String readString(DataInputStream in) throws IOException {
		return new String(readBytes(in), StandardCharsets.UTF_8);
	}

	private static byte[] readBytes(DataInputStream in) throws IOException {
		int length = readCount(in);
		byte[] bytes = in.readNBytes(length);
		if (bytes.length < length) {
			throw new IOException(
					"settings of the worker are cut: expected " + length + " bytes but got " + bytes.length);
		}
		return bytes;
	}

	private static int readCount(DataInputStream in) throws IOException {
		int count = in.readInt();
		if (count < 0) {
			throw new IOException("settings of the worker are broken: negative length " + count);
		}
		return count;
	}

	static void writeStrings(DataOutputStream out, List<String> values) throws IOException {
		out.writeInt(values.size());
		for (String value : values) {
			writeString(out, value);
		}
	}

	static List<String> readStrings(DataInputStream in) throws IOException {
		int count = readCount(in);
		List<String> values = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			values.add(readString(in));
		}
		return values;
	}

	static void writeMap(DataOutputStream out, Map<String, ?> map) throws IOException {
		out.writeInt(map.size());
		for (Map.Entry<String, ?> entry : map.entrySet()) {
			writeString(out, entry.getKey());
			writeValue(out, entry.getValue());
		}
	}

	static Map<String, Object> readMap(DataInputStream in) throws IOException {
		int count = readCount(in);
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			String key = readString(in);
			map.put(key, readValue(in));
		}
		return map;
	}

	private static void writeValue(DataOutputStream out, Object value) throws IOException {
		if (value instanceof Integer number) {
			out.writeByte('I');
			out.writeInt(number);
		}
		else if (value instanceof Long number) {
			out.writeByte('J');
			out.writeLong(number);
		}
		else if (value instanceof Double number) {
			out.writeByte('D');
			out.writeDouble(number);
		}
		else if (value instanceof Boolean flag) {
			out.writeByte('Z');
			out.writeBoolean(flag);
		}
		else if (value instanceof List<?> list) {
			out.writeByte('L');
			out.writeInt(list.size());
			for (Object element : list) {
				writeValue(out, element);
			}
		}
		else {
			out.writeByte('S');
			writeString(out, value.toString());
		}
	}

	private static Object readValue(DataInputStream in) throws IOException {
		byte kind = in.readByte();
		return switch (kind) {
			case 'I' -> in.readInt();
			case 'J' -> in.readLong();
			case 'D' -> in.readDouble();
			case 'Z' -> in.readBoolean();
			case 'L' -> readList(in);
			case 'S' -> readString(in);
			default -> throw new IOException("settings of the worker are broken: unknown kind of value " + kind);
		};
	}

	private static List<Object> readList(DataInputStream in) throws IOException {
		int count = readCount(in);
		List<Object> values = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			values.add(readValue(in));
		}
		return values;
	}

}
