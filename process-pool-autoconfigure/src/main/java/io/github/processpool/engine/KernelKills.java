package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Counts the processes that the kernel killed because memory ran out, among those that
 * share the control group of this JVM, as its workers do. Linux only: elsewhere nothing
 * is known. Stateless.
 */
final class KernelKills {

	static final long UNKNOWN = -1;

	private static final String COUNTER = "oom_kill ";

	/** What this JVM runs under. */
	static final KernelKills OF_THIS_JVM = new KernelKills(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));

	private final Path membership;

	private final Path root;

	KernelKills(Path membership, Path root) {
		this.membership = membership;
		this.root = root;
	}

	/**
	 * How many there were so far, or {@link #UNKNOWN}.
	 */
	long count() {
		try {
			for (Path file : files()) {
				if (Files.isReadable(file)) {
					return read(file);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// Another kind of system, or files that are not for us
		}
		return UNKNOWN;
	}

	/**
	 * The fact that speaks for such a kill, or {@code null} if none does.
	 * @param before the count when the worker was launched
	 */
	static @Nullable String describe(long before, long after) {
		return (before >= 0 && after > before) ? "the kernel's OOM killer ended a process of this control group"
				+ " meanwhile (oom_kill " + before + " -> " + after + ")" : null;
	}

	/**
	 * Where the counter may be. A container sees its own group at the root, whatever the
	 * path says that the host knows it by.
	 */
	private List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		for (String line : Files.readAllLines(this.membership)) {
			String[] parts = line.split(":", 3);
			if (parts.length < 3) {
				continue;
			}
			String group = parts[2].substring(1);
			if (List.of(parts[1].split(",")).contains("memory")) {
				Path memory = this.root.resolve("memory");
				files.add(0, memory.resolve("memory.oom_control"));
				files.add(0, memory.resolve(group).resolve("memory.oom_control"));
			}
			else if (parts[0].equals("0") && parts[1].isEmpty()) {
				files.add(this.root.resolve(group).resolve("memory.events"));
				files.add(this.root.resolve("memory.events"));
			}
		}
		return files;
	}

	private static long read(Path file) throws IOException {
		for (String line : Files.readAllLines(file)) {
			if (line.startsWith(COUNTER)) {
				return Long.parseLong(line.substring(COUNTER.length()).trim());
			}
		}
		return UNKNOWN;
	}

}
