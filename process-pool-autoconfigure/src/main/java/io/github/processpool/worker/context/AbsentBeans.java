package io.github.processpool.worker.context;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The beans of the application that a worker does not define because they are not needed:
 * nothing in it should ever ask for one. Immutable.
 *
 * @param names where each comes from, by its name
 * @param types where one of each type comes from, by the name of a class, an interface or
 * an annotation
 */
public record AbsentBeans(Map<String, String> names, Map<String, String> types) {

	/** All are there. */
	public static final AbsentBeans NONE = new AbsentBeans(Map.of(), Map.of());

	/**
	 * Copies the maps.
	 */
	public AbsentBeans {
		names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
		types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
	}

	void write(DataOutputStream out) throws IOException {
		PropertyValues.writeMap(out, this.names);
		PropertyValues.writeMap(out, this.types);
	}

	static AbsentBeans read(DataInputStream in) throws IOException {
		return new AbsentBeans(readStrings(in), readStrings(in));
	}

	private static Map<String, String> readStrings(DataInputStream in) throws IOException {
		Map<String, String> strings = new LinkedHashMap<>();
		PropertyValues.readMap(in).forEach((key, value) -> strings.put(key, value.toString()));
		return strings;
	}

}
