package io.github.processpool.worker.context;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A property source of the parent that a worker cannot make by itself.
 *
 * @param name its name in the parent
 * @param position where it stands
 * @param properties its properties; a value is a string, an integer, a long, a double, a
 * boolean, a list of these, or something whose string is meant
 */
public record SentPropertySource(String name, Position position, Map<String, Object> properties) {

	/**
	 * Copies the map.
	 */
	public SentPropertySource {
		properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
	}

	/**
	 * Where a property source stands, in order of precedence.
	 */
	public enum Position {

		/** Before system properties, as the command line and properties of tests. */
		BEFORE_SYSTEM_PROPERTIES,

		/** After environment variables, before configuration files. */
		BEFORE_CONFIGURATION_FILES,

		/** After configuration files. */
		AFTER_CONFIGURATION_FILES,

		/** Default properties of the application, at the end. */
		DEFAULTS

	}

}
