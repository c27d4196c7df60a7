package io.github.processpool.engine.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;

/**
 * How much memory the application and its workers may use together.
 *
 * @param bytes that many
 * @param container whether a control group sets it, else it is the machine's memory
 */
record MemoryLimit(long bytes, boolean container) {

	static MemoryLimit detect() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		// The bean knows the limit of the innermost group already
		long total = (system != null) ? system.getTotalMemorySize() : Long.MAX_VALUE;
		return detect(total, Path.of("/proc"), Path.of("/sys/fs/cgroup"));
	}

	static MemoryLimit detect(long total, Path proc, Path cgroup) {
		long limit = groupLimit(proc, cgroup);
		long machine = machine(proc);
		long bytes = Math.min(total, limit);
		return new MemoryLimit(bytes, bytes < machine);
	}

	/** The least of a group and all that it lies in; both versions of control groups. */
	private static long groupLimit(Path proc, Path cgroup) {
		long limit = Long.MAX_VALUE;
		for (String line : lines(proc.resolve("self/cgroup"))) {
			// hierarchy:controllers:/path
			String[] parts = line.split(":", 3);
			if (parts.length == 3 && parts[1].isEmpty()) {
				limit = Math.min(limit, leastUpwards(cgroup, parts[2], "memory.max"));
			}
			else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
				limit = Math.min(limit, leastUpwards(cgroup.resolve("memory"), parts[2], "memory.limit_in_bytes"));
			}
		}
		return limit;
	}

	private static long leastUpwards(Path root, String group, String file) {
		long least = Long.MAX_VALUE;
		Path directory = root.resolve(group.replaceFirst("^/+", "")).normalize();
		while (directory != null && directory.startsWith(root)) {
			least = Math.min(least, number(lines(directory.resolve(file))));
			directory = directory.getParent();
		}
		return least;
	}

	private static long machine(Path proc) {
		for (String line : lines(proc.resolve("meminfo"))) {
			if (line.startsWith("MemTotal:")) {
				return number(List.of(line.replaceAll("\\D", ""))) * 1024;
			}
		}
		return Long.MIN_VALUE;
	}

	/** A text such as {@code max} is no limit. */
	private static long number(List<String> lines) {
		try {
			return lines.isEmpty() ? Long.MAX_VALUE : Long.parseLong(lines.get(0).trim());
		}
		catch (NumberFormatException ex) {
			return Long.MAX_VALUE;
		}
	}

	private static List<String> lines(Path file) {
		try {
			return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
