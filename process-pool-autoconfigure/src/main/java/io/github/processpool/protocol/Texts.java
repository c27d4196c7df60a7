package io.github.processpool.protocol;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of any length in messages. Lengths are checked against what there is.
 */
final class Texts {

	private Texts() {
	}

	static void write(DataOutputStream out, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	static String read(DataInputStream in) throws IOException {
		return new String(in.readNBytes(count(in, 1)), StandardCharsets.UTF_8);
	}

	static void write(DataOutputStream out, List<String> texts) throws IOException {
		out.writeInt(texts.size());
		for (String text : texts) {
			write(out, text);
		}
	}

	static List<String> readList(DataInputStream in) throws IOException {
		List<String> texts = new ArrayList<>();
		for (int count = count(in, Integer.BYTES); count > 0; count--) {
			texts.add(read(in));
		}
		return texts;
	}

	static void write(DataOutputStream out, Map<String, String> texts) throws IOException {
		out.writeInt(texts.size());
		for (Map.Entry<String, String> entry : texts.entrySet()) {
			write(out, entry.getKey());
			write(out, entry.getValue());
		}
	}

	static Map<String, String> readMap(DataInputStream in) throws IOException {
		Map<String, String> texts = new LinkedHashMap<>();
		for (int count = count(in, 2 * Integer.BYTES); count > 0; count--) {
			texts.put(read(in), read(in));
		}
		return texts;
	}

	/**
	 * Reads how many things follow.
	 * @param size smallest size of one of them
	 */
	static int count(DataInputStream in, int size) throws IOException {
		int count = in.readInt();
		if (count < 0 || count > in.available() / size) {
			throw new ProtocolException("a message claims " + count + " parts but has " + in.available() + " bytes");
		}
		return count;
	}

}
