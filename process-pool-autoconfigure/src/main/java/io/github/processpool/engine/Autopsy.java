package io.github.processpool.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.processpool.engine.launch.ErrorLog;
import io.github.processpool.protocol.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a worker died. The exit code alone does not tell: 1 may be a segfault
 * without a core dump, 3 may be a {@code System.exit(3)}.
 */
final class Autopsy {

	private static final int SIGNAL_BASE = 128;

	private static final int SIGKILL = 9;

	private static final Map<Integer, String> SIGNALS = Map.ofEntries(Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"),
			Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"), Map.entry(5, "SIGTRAP"), Map.entry(6, "SIGABRT"),
			Map.entry(7, "SIGBUS"), Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(11, "SIGSEGV"),
			Map.entry(13, "SIGPIPE"), Map.entry(15, "SIGTERM"), Map.entry(24, "SIGXCPU"), Map.entry(25, "SIGXFSZ"),
			Map.entry(31, "SIGSYS"));

	private static final Pattern ERROR_LOG_SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]+) \\(0x");

	/** What the JVM prints before it exits because of {@code ExitOnOutOfMemoryError}. */
	private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

	private static final int ERROR_LOG_BYTES = 256 * 1024;

	private static final int ERROR_LOG_LINES = 400;

	private static final int LONGEST_LINE = 1000;

	private static final int EXCERPT_LINES = 40;

	private Autopsy() {
	}

	/**
	 * Looks at the remains.
	 * @param exitCode exit code of the process
	 * @param kernelKill what speaks for a kill by the kernel for want of memory, if
	 * anything does
	 * @param stdout last lines of standard output
	 * @param stderr last lines of standard error
	 * @param errorLog where its JVM would have written an error log
	 * @param pid its process id
	 * @return how the worker died
	 */
	static Death perform(int exitCode, @Nullable String kernelKill, List<String> stdout, List<String> stderr,
			ErrorLog errorLog, long pid) {
		List<String> log = read(errorLog, pid);
		String signal = null;
		for (String line : log) {
			Matcher matcher = ERROR_LOG_SIGNAL.matcher(line);
			if (matcher.find()) {
				signal = matcher.group(1);
				break;
			}
		}
		if (signal == null && exitCode > SIGNAL_BASE) {
			signal = SIGNALS.get(exitCode - SIGNAL_BASE);
		}
		if (exitCode == SIGNAL_BASE + SIGKILL && kernelKill != null) {
			return new Death(exitCode, signal, true, stdout, stderr, excerpt(log), kernelKill);
		}
		String outOfMemory = (exitCode == ExitCode.OUT_OF_MEMORY.code())
				? Stream.concat(stdout.stream(), stderr.stream())
					.filter((line) -> line.contains(OUT_OF_MEMORY))
					.findFirst()
					.orElse(null)
				: null;
		return new Death(exitCode, signal, outOfMemory != null, stdout, stderr, excerpt(log),
				(outOfMemory != null) ? outOfMemory : explain(exitCode, signal));
	}

	private static @Nullable String explain(int exitCode, @Nullable String signal) {
		if (exitCode == ExitCode.CONNECTION_LOST.code()) {
			return "it had lost the connection to this process";
		}
		if (exitCode == ExitCode.PARENT_GONE.code()) {
			return "it believed this process to be gone";
		}
		if (exitCode == ExitCode.SHUTDOWN_HUNG.code()) {
			return "the task called System.exit, and a shutdown hook did not end";
		}
		if (signal == null && exitCode >= 0 && exitCode < SIGNAL_BASE) {
			return "the task may have called System.exit or Runtime.halt";
		}
		if (exitCode == SIGNAL_BASE + SIGKILL) {
			return "somebody killed it, or the kernel did because memory ran out";
		}
		return null;
	}

	private static List<String> read(ErrorLog errorLog, long pid) {
		Path file = errorLog.file(pid);
		if (!Files.isRegularFile(file)) {
			return List.of();
		}
		try (InputStream content = Files.newInputStream(file)) {
			// What the worker left there is as little to be trusted as the worker
			String head = new String(content.readNBytes(ERROR_LOG_BYTES), StandardCharsets.ISO_8859_1);
			List<String> log = head.lines().limit(ERROR_LOG_LINES).map(Autopsy::cut).toList();
			// A file of the application's choice may tell of a process of long ago
			boolean other = !errorLog.ours() && log.stream().noneMatch((line) -> line.contains("pid=" + pid + ","));
			return other ? List.of() : log;
		}
		catch (IOException ex) {
			return List.of("# the error log " + file + " cannot be read: " + ex);
		}
	}

	private static String cut(String line) {
		return (line.length() > LONGEST_LINE) ? line.substring(0, LONGEST_LINE) + "..." : line;
	}

	/**
	 * The head of the log, and the stacks of the thread that crashed.
	 */
	private static @Nullable String excerpt(List<String> log) {
		if (log.isEmpty()) {
			return null;
		}
		List<String> lines = new ArrayList<>();
		boolean stack = false;
		for (String line : log) {
			if (line.startsWith("Native frames:") || line.startsWith("Java frames:")
					|| line.startsWith("Current thread")) {
				stack = true;
			}
			else if (line.isBlank()) {
				stack = false;
			}
			if ((stack || line.startsWith("#")) && !line.equals("#") && lines.size() < EXCERPT_LINES) {
				lines.add(line);
			}
		}
		return String.join("\n", lines);
	}

}
