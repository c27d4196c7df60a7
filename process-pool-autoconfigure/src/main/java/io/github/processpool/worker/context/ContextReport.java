package io.github.processpool.worker.context;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker that has left something out says before its first task. Immutable.
 *
 * @param definitions number of its bean definitions
 * @param requests beans that were asked for although they are left out, which may be none
 * @param missing deferred beans for which another bean is missing, with the error
 * @param failed deferred beans that could not be made for another reason, with the error
 * @param deferred advice that would run around each of the other deferred beans
 * @param others class and advice of each other bean that is made
 */
public record ContextReport(int definitions, List<String> requests, Map<String, String> missing,
		Map<String, String> failed, Map<String, List<String>> deferred, Map<String, List<String>> others) {

	/**
	 * Copies the collections.
	 */
	public ContextReport {
		requests = List.copyOf(requests);
		failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
		missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
		deferred = Collections.unmodifiableMap(new LinkedHashMap<>(deferred));
		others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
	}

	/**
	 * Writes the report.
	 * @return bytes for {@link #decode(byte[])}
	 */
	public byte[] encode() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeInt(this.definitions);
			PropertyValues.writeStrings(out, this.requests);
			PropertyValues.writeMap(out, this.missing);
			PropertyValues.writeMap(out, this.failed);
			PropertyValues.writeMap(out, this.deferred);
			PropertyValues.writeMap(out, this.others);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads a report.
	 * @param bytes what {@link #encode()} wrote
	 * @return the report
	 * @throws IOException if it is cut or broken
	 */
	public static ContextReport decode(byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		int definitions = in.readInt();
		return new ContextReport(definitions, PropertyValues.readStrings(in), readStrings(in), readStrings(in),
				readLists(in), readLists(in));
	}

	private static Map<String, String> readStrings(DataInputStream in) throws IOException {
		Map<String, String> strings = new LinkedHashMap<>();
		PropertyValues.readMap(in).forEach((name, value) -> strings.put(name, value.toString()));
		return strings;
	}

	private static Map<String, List<String>> readLists(DataInputStream in) throws IOException {
		Map<String, List<String>> lists = new LinkedHashMap<>();
		for (Map.Entry<String, Object> entry : PropertyValues.readMap(in).entrySet()) {
			if (!(entry.getValue() instanceof List<?> list)) {
				throw new IOException("report of the worker is broken: no list for " + entry.getKey());
			}
			lists.put(entry.getKey(), list.stream().map(String::valueOf).toList());
		}
		return lists;
	}

}
