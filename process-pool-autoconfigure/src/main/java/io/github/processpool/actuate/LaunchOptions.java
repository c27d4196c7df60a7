package io.github.processpool.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the values of options and environment variables, as the {@code env} endpoint does
 * with properties. What only the JVM understands, such as {@code -Xmx}, holds no secret.
 */
final class LaunchOptions {

	private static final List<String> AGENTS = List.of("-javaagent:", "-agentlib:", "-agentpath:");

	private final Sanitizer sanitizer;

	LaunchOptions(Iterable<SanitizingFunction> functions) {
		this.sanitizer = new Sanitizer(functions);
	}

	/**
	 * Options of a JVM: hides values of system properties and arguments of agents.
	 */
	List<String> jvmArgs(List<String> arguments, boolean show) {
		return arguments.stream().map((argument) -> jvmArg(argument, show)).toList();
	}

	private String jvmArg(String argument, boolean show) {
		if (argument.startsWith("-D")) {
			return "-D" + assignment(argument.substring(2), show);
		}
		return AGENTS.stream().anyMatch(argument::startsWith) ? assignment(argument, show) : argument;
	}

	/**
	 * Words of a command: hides what is assigned, as in {@code env NAME=value}.
	 */
	List<String> command(List<String> words, boolean show) {
		return words.stream().map((word) -> assignment(word, show)).toList();
	}

	Map<String, String> environment(Map<String, String> variables, boolean show) {
		Map<String, String> sanitized = new LinkedHashMap<>();
		new TreeMap<>(variables).forEach((name, value) -> sanitized.put(name, value(name, value, show)));
		return sanitized;
	}

	private String assignment(String text, boolean show) {
		int equals = text.indexOf('=');
		return (equals < 0) ? text
				: text.substring(0, equals + 1) + value(text.substring(0, equals), text.substring(equals + 1), show);
	}

	@SuppressWarnings("NullAway") // There is no property source behind an option
	private String value(String name, String value, boolean show) {
		return String.valueOf(this.sanitizer.sanitize(new SanitizableData(null, name, value), show));
	}

}
