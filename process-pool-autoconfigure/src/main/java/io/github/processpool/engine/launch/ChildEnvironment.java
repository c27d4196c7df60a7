package io.github.processpool.engine.launch;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Environment variables of a worker.
 */
final class ChildEnvironment {

	/**
	 * They change every JVM or replace the class path. Their options already are among
	 * this JVM's, so a worker that got both would run each agent twice.
	 */
	private static final Set<String> DROPPED = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS",
			"JDK_AOT_VM_OPTIONS", "OPENJ9_JAVA_OPTIONS", "IBM_JAVA_OPTIONS", "CLASSPATH");

	/** Read by the launcher of Spring Boot. */
	private static final String DROPPED_PREFIX = "LOADER_";

	/** What a JVM needs to find programs, libraries, temporary files, locale and zone. */
	private static final Set<String> NEEDED = Set.of("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TMP", "TEMP", "LANG",
			"LANGUAGE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC",
			"PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA");

	private static final String NEEDED_PREFIX = "LC_";

	private ChildEnvironment() {
	}

	/**
	 * Turns this process' environment into a worker's.
	 * @param environment variables of this process; changed
	 * @param inherit whether the worker sees more than a JVM needs
	 * @param additional variables that win
	 */
	static void adapt(Map<String, String> environment, boolean inherit, Map<String, String> additional) {
		environment.keySet().removeIf((name) -> isDropped(name) || !(inherit || isNeeded(name)));
		environment.putAll(additional);
	}

	private static boolean isDropped(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		return DROPPED.contains(upper) || upper.startsWith(DROPPED_PREFIX);
	}

	private static boolean isNeeded(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		return NEEDED.contains(upper) || upper.startsWith(NEEDED_PREFIX);
	}

}
