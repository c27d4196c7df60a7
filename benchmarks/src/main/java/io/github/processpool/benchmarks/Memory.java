package io.github.processpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of processes, as Linux tells it.
 */
public final class Memory {

	private Memory() {
	}

	/**
	 * The proportional set size: pages that are shared count by their share.
	 * @param pid the process
	 * @return megabytes, of 2^20 bytes
	 * @throws IOException if the process is gone or the system is not Linux
	 */
	public static double pss(long pid) throws IOException {
		return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "smaps_rollup"))
			.stream()
			.filter((line) -> line.startsWith("Pss:"))
			.mapToDouble((line) -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
			.findFirst()
			.orElseThrow();
	}

}
