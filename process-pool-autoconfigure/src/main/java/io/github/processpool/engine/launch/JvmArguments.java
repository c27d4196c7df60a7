package io.github.processpool.engine.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Options of a worker's JVM: those that hold for this JVM too, then our defaults, then
 * the pool's own, each of which replaces the default that it contradicts.
 *
 * @since 0.1.0
 */
public final class JvmArguments {

	private static final String SETTING = "worker.jvm-args";

	private static final Pattern COLLECTOR = Pattern.compile("-XX:[+-]Use\\w+GC");

	private static final Pattern HEAP = Pattern
		.compile("-Xmx.*|-XX:(MaxHeapSize|MaxRAM|MaxRAMPercentage|MaxRAMFraction)=.*");

	/** The first Java that warns of memory access by {@code sun.misc.Unsafe}. */
	private static final int UNSAFE_WARNINGS = 24;

	private static final String ERROR_FILE = "-XX:ErrorFile=";

	/**
	 * Four times the JVM's own thresholds of its optimizing compiler. Most of what runs
	 * often during a start never runs again; to compile it takes a processor from the
	 * start and memory for good, and makes nothing faster. Real work passes them too: it
	 * was at full speed after about half a minute of one busy processor.
	 */
	private static final List<String> COMPILE_LATER = List.of("-XX:Tier4InvocationThreshold=20000",
			"-XX:Tier4MinInvocationThreshold=2400", "-XX:Tier4CompileThreshold=60000",
			"-XX:Tier4BackEdgeThreshold=160000");

	/**
	 * They would replace the class path or the main class, which are the application's.
	 */
	private static final Set<String> RESERVED = Set.of("-cp", "-classpath", "--class-path", "-jar", "-p",
			"--module-path", "-m", "--module", "-version", "--version", "-showversion", "-help", "--help", "-h", "-?",
			"--dry-run", "--list-modules", "--source", "-X", "--help-extra");

	private JvmArguments() {
	}

	/**
	 * Puts the options together.
	 * @param spec what the pool wants
	 * @param java what runs the worker
	 * @param inherited options of this JVM that hold for the worker
	 * @param errorFile where the JVM describes its crash, unless the pool says otherwise
	 * @return options in the order in which the JVM is to see them
	 * @throws IOException if an option of the pool cannot be one
	 */
	static List<String> of(ChildJvm.Spec spec, JavaInstallation java, List<String> inherited, String errorFile)
			throws IOException {
		Optional<Problem> problem = problem(spec.jvmArgs());
		if (problem.isPresent()) {
			throw new SettingException(SETTING, problem.get().describe("{}"));
		}
		List<String> arguments = new ArrayList<>();
		// What the application was told explicitly stands after these, so it wins
		arguments.add("-Djava.awt.headless=true");
		arguments.addAll(inherited);
		for (String each : defaults(spec, java, errorFile)) {
			if (spec.jvmArgs().stream().noneMatch((argument) -> replaces(argument, each))) {
				arguments.add(each);
			}
		}
		for (Map.Entry<String, String> property : spec.systemProperties().entrySet()) {
			if (property.getKey().isEmpty() || property.getKey().contains("=")) {
				throw new IOException(
						"'" + property.getKey() + "' cannot be the name of a system property of a worker. Rename it");
			}
			arguments.add("-D" + property.getKey() + "=" + property.getValue());
		}
		if (spec.debugPort() > 0) {
			arguments
				.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + spec.debugPort());
		}
		arguments.addAll(spec.jvmArgs());
		return arguments;
	}

	/**
	 * The file in which the JVM will describe its crash.
	 * @param arguments options of the JVM
	 * @return value of the last such option, where {@code %p} stands for the process id
	 */
	static String errorFile(List<String> arguments) {
		String file = "";
		for (String each : arguments) {
			if (each.startsWith(ERROR_FILE)) {
				file = each.substring(ERROR_FILE.length());
			}
		}
		return file;
	}

	private static List<String> defaults(ChildJvm.Spec spec, JavaInstallation java, String errorFile) {
		List<String> defaults = new ArrayList<>();
		// A parallel collector of a worker takes the cores from the application
		defaults.add("-XX:+UseSerialGC");
		if (java.optimizing()) {
			// Without them a long counted loop under SerialGC keeps halt and thread dumps
			// waiting until it ends
			defaults.add("-XX:+UseCountedLoopSafepoints");
			defaults.add("-XX:LoopStripMiningIter=1000");
			defaults.addAll(COMPILE_LATER);
		}
		// After an OutOfMemoryError the state of a worker cannot be trusted
		defaults.add("-XX:+ExitOnOutOfMemoryError");
		// A core dump keeps the dead worker busy for as long as its memory takes to
		// write,
		// fills disks, and holds whatever the task held; the error file says what
		// happened
		defaults.add("-XX:-CreateCoredumpOnCrash");
		defaults.add(ERROR_FILE + errorFile);
		defaults.add("-Xmx" + spec.maxHeap());
		// The pool reads both streams as UTF-8, whatever the locale is
		String prefix = (java.feature() >= 19) ? "" : "sun.";
		defaults.add("-D" + prefix + "stdout.encoding=UTF-8");
		defaults.add("-D" + prefix + "stderr.encoding=UTF-8");
		if (java.feature() >= UNSAFE_WARNINGS) {
			// Else the JVM prints a warning for what Apache Fory and other libraries use
			defaults.add("--sun-misc-unsafe-memory-access=allow");
		}
		// A context that was prepared ahead of time cannot be tuned for a worker
		defaults.add("-Dspring.aot.enabled=false");
		// A restart would end the main thread with an exception
		defaults.add("-Dspring.devtools.restart.enabled=false");
		return defaults;
	}

	private static boolean replaces(String argument, String ours) {
		if (COLLECTOR.matcher(ours).matches()) {
			return COLLECTOR.matcher(argument).matches();
		}
		if (ours.startsWith("-Xmx")) {
			return HEAP.matcher(argument).matches();
		}
		// Strip mining without those safepoints makes the JVM print a warning
		if (ours.startsWith("-XX:LoopStripMiningIter=") && argument.equals("-XX:-UseCountedLoopSafepoints")) {
			return true;
		}
		return name(argument).equals(name(ours));
	}

	private static String name(String argument) {
		String name = argument.split("=", 2)[0];
		return (name.startsWith("-XX:+") || name.startsWith("-XX:-")) ? "-XX:" + name.substring(5) : name;
	}

	/**
	 * Looks for the first option of a pool that cannot be one.
	 * @param jvmArgs options of the pool
	 * @return what is wrong, or nothing
	 */
	public static Optional<Problem> problem(List<String> jvmArgs) {
		boolean value = false;
		for (int i = 0; i < jvmArgs.size(); i++) {
			String argument = jvmArgs.get(i);
			String name = argument.split("=", 2)[0];
			if (value) {
				value = false;
			}
			else {
				Problem problem = problem(i, argument, name);
				if (problem != null) {
					return Optional.of(problem);
				}
				// --add-opens java.base/java.lang=ALL-UNNAMED may come as two elements
				value = argument.startsWith("--") && name.equals(argument) && takesValue(name);
			}
		}
		return Optional.empty();
	}

	private static @Nullable Problem problem(int index, String argument, String name) {
		if (argument.isBlank()) {
			return new Problem(index, argument, "it is empty", "Remove it");
		}
		if (argument.startsWith("@")) {
			return new Problem(index, argument, "files of options are not expanded for workers",
					"Put the options that are in the file in its place");
		}
		if (RESERVED.contains(name)) {
			return new Problem(index, argument, "the class path and the main class of workers are the application's",
					"Remove it");
		}
		if (!argument.startsWith("-")) {
			return new Problem(index, argument, "it does not begin with '-', so Java would take it for a class",
					"Correct it. If it is the rest of an option with a comma, give the options by index, as in [0]");
		}
		return isSeveral(argument) ? new Problem(index, argument, "it holds more than one option or value",
				"Make each an element of its own") : null;
	}

	private static boolean takesValue(String name) {
		String option = name.toLowerCase(Locale.ROOT);
		return option.startsWith("--add-") || option.equals("--enable-native-access")
				|| option.equals("--limit-modules") || option.equals("--upgrade-module-path")
				|| option.equals("--patch-module");
	}

	/** As in {@code -Xmx1g -XX:+UseG1GC} written as one text. */
	private static boolean isSeveral(String argument) {
		if (argument.startsWith("--")) {
			return takesValue(argument.split("\\s", 2)[0]) && argument.matches("\\S+\\s.*");
		}
		return argument.startsWith("-X") && Pattern.compile("\\s-(X|D|-)").matcher(argument).find();
	}

	/**
	 * Why an element cannot be an option.
	 *
	 * @param index its index in the list
	 * @param argument the element
	 * @param reason what is wrong, the end of a sentence
	 * @param remedy what to do about it, a sentence without its end
	 */
	public record Problem(int index, String argument, String reason, String remedy) {

		/**
		 * The problem as a text.
		 * @param list how the user calls the list
		 * @return element, reason and remedy
		 */
		public String describe(String list) {
			return "'" + this.argument + "', element " + this.index + " of " + list
					+ ", cannot be an option of workers: " + this.reason + ". " + this.remedy;
		}

	}

}
