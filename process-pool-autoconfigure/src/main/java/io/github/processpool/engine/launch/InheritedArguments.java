package io.github.processpool.engine.launch;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Options of this JVM that hold for workers too: what code may reach, and what the
 * platform reads before the application can set it. Agents, debuggers, remote management,
 * memory and collectors are this JVM's own; an inherited port would even keep the worker
 * from starting.
 */
final class InheritedArguments {

	private static final String UNNAMED = "ALL-UNNAMED";

	/**
	 * Options whose value is {@code module/package=targets}, or {@code module=targets}.
	 */
	private static final Set<String> ACCESS = Set.of("--add-opens", "--add-exports", "--add-reads");

	private static final String ADD_MODULES = "--add-modules";

	private static final String NATIVE_ACCESS = "--enable-native-access";

	private static final String UNSAFE_ACCESS = "--sun-misc-unsafe-memory-access";

	private static final String ILLEGAL_NATIVE_ACCESS = "--illegal-native-access";

	private static final Set<String> WITH_VALUE = Set.of("--add-opens", "--add-exports", "--add-reads", ADD_MODULES,
			NATIVE_ACCESS, UNSAFE_ACCESS, ILLEGAL_NATIVE_ACCESS);

	/** System properties, or with a dot at the end groups of them. */
	private static final List<String> PROPERTIES = List.of("file.encoding", "user.", "java.io.tmpdir",
			"java.library.path", "java.awt.headless", "java.net.", "java.security.", "javax.net.", "javax.security.",
			"http.", "https.", "ftp.", "socksProxyHost", "socksProxyPort", "socksProxyVersion", "sun.net.",
			"sun.security.", "jdk.net.", "jdk.http.", "jdk.httpclient.", "jdk.tls.", "jdk.security.", "jdk.xml.",
			"jdk.serialFilter", "networkaddress.");

	/** A worker has its own working directory; a security manager is gone in Java 24. */
	private static final Set<String> NOT_INHERITED = Set.of("user.dir", "java.security.manager",
			"java.security.policy");

	private InheritedArguments() {
	}

	/**
	 * Picks the options.
	 * @param arguments options of this JVM
	 * @param feature Java version of the worker, older ones refuse what they do not know
	 * @return options for the worker, each with its value
	 */
	static List<String> select(List<String> arguments, int feature) {
		Set<String> selected = new LinkedHashSet<>();
		for (int i = 0; i < arguments.size(); i++) {
			String argument = arguments.get(i);
			if (WITH_VALUE.contains(argument) && i + 1 < arguments.size()) {
				argument = argument + "=" + arguments.get(++i);
			}
			String inherited = inherit(argument, feature);
			if (inherited != null) {
				selected.add(inherited);
			}
		}
		return new ArrayList<>(selected);
	}

	private static @Nullable String inherit(String argument, int feature) {
		if (argument.startsWith("-D")) {
			return isInheritedProperty(argument.substring(2).split("=", 2)[0]) ? argument : null;
		}
		if (argument.equals("--enable-preview")) {
			return argument;
		}
		String[] parts = argument.split("=", 2);
		if (parts.length < 2) {
			return null;
		}
		String option = parts[0];
		String value = parts[1];
		if (ACCESS.contains(option)) {
			return access(option, value);
		}
		return switch (option) {
			case ADD_MODULES -> modules(value);
			case NATIVE_ACCESS -> option + "=" + targets(value);
			case UNSAFE_ACCESS -> (feature >= 23) ? argument : null;
			case ILLEGAL_NATIVE_ACCESS -> (feature >= 24) ? argument : null;
			default -> null;
		};
	}

	private static boolean isInheritedProperty(String name) {
		return !NOT_INHERITED.contains(name) && PROPERTIES.stream()
			.anyMatch((each) -> each.endsWith(".") ? name.startsWith(each) : name.equals(each));
	}

	/** In a worker the application has no modules of its own. */
	private static @Nullable String access(String option, String value) {
		String[] parts = value.split("=", 2);
		String module = parts[0].split("/", 2)[0];
		if (parts.length < 2 || !isSystemModule(module)) {
			return null;
		}
		return option + "=" + parts[0] + "=" + targets(parts[1]);
	}

	private static String targets(String modules) {
		return Arrays.stream(modules.split(","))
			.map((module) -> isSystemModule(module) ? module : UNNAMED)
			.distinct()
			.collect(Collectors.joining(","));
	}

	private static @Nullable String modules(String value) {
		String modules = Arrays.stream(value.split(","))
			.filter((module) -> module.equals("ALL-SYSTEM") || module.equals("ALL-DEFAULT") || isSystemModule(module))
			.collect(Collectors.joining(","));
		return modules.isEmpty() ? null : ADD_MODULES + "=" + modules;
	}

	private static boolean isSystemModule(String name) {
		return ModuleFinder.ofSystem().find(name).isPresent();
	}

}
