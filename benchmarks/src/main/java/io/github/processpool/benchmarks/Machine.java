package io.github.processpool.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and when it was measured.
 */
final class Machine {

	private Machine() {
	}

	/**
	 * Looks around.
	 * @return facts by name, in order
	 */
	static Map<String, String> facts() {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("Java", System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vm.name") + ", "
				+ System.getProperty("java.vendor") + ")");
		facts.put("Processors",
				Runtime.getRuntime().availableProcessors() + " × " + field("/proc/cpuinfo", "model name"));
		facts.put("Memory", field("/proc/meminfo", "MemTotal"));
		facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		facts.put("Load when started",
				"%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		facts.put("Commit", commit());
		facts.put("Time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		return facts;
	}

	private static String field(String file, String name) {
		try {
			return Files.readAllLines(Path.of(file))
				.stream()
				.filter((line) -> line.startsWith(name))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static String commit() {
		try {
			Process process = new ProcessBuilder("git", "describe", "--always", "--dirty")
				.directory(Options.home().toFile())
				.start();
			try (var reader = process.inputReader()) {
				String line = reader.readLine();
				return (line != null) ? line : "unknown";
			}
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
