package io.github.processpool.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * System properties that were given to this JVM as {@code -D} options and mean something
 * to the application, not to the JVM, the loader or a build tool.
 */
final class CommandLineProperties {

	private static final List<String> NOT_THE_APPLICATIONS = List.of("java.", "javax.management.", "jdk.", "sun.",
			"com.sun.management", "loader.", "os.", "user.", "file.", "native.", "stdout.", "stderr.", "stdin.",
			"line.separator", "path.separator", "maven.", "surefire.", "failsafe.", "basedir", "localRepository",
			"classworlds.", "org.gradle.", "idea.", "intellij.", "eclipse.", "jarmode", "graal", "org.graalvm.",
			"spring.aot.", "spring.devtools.", "spring.context.", "io.github.processpool.worker.");

	private CommandLineProperties() {
	}

	static Map<String, String> of(List<String> jvmArguments) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String argument : jvmArguments) {
			if (argument.startsWith("-D") && argument.length() > 2) {
				int equals = argument.indexOf('=');
				String name = (equals < 0) ? argument.substring(2) : argument.substring(2, equals);
				if (NOT_THE_APPLICATIONS.stream().noneMatch(name::startsWith)) {
					properties.put(name, (equals < 0) ? "" : argument.substring(equals + 1));
				}
			}
		}
		return properties;
	}

}
