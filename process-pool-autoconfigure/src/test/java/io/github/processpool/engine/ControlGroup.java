package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A control group of the kernel that a test makes for a process, where the machine allows
 * it.
 */
final class ControlGroup implements AutoCloseable {

	private static final Path ROOT = Path.of("/sys/fs/cgroup");

	/** Names of version 2 where they differ. */
	private static final Map<String, String> NAMES = Map.of("memory.limit_in_bytes", "memory.max");

	private final Path directory;

	private final boolean unified;

	private ControlGroup(Path directory, boolean unified) {
		this.directory = directory;
		this.unified = unified;
	}

	/**
	 * Makes a group, or returns {@code null} if there can be none here.
	 */
	static @Nullable ControlGroup create(String controller) {
		String name = "processpool-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
		boolean unified = !Files.isDirectory(ROOT.resolve(controller));
		Path directory = unified ? ROOT.resolve(name) : ROOT.resolve(controller).resolve(name);
		try {
			Files.createDirectory(directory);
			ControlGroup group = new ControlGroup(directory, unified);
			if (Files.isWritable(group.file(controller.equals("pids") ? "pids.max" : "memory.limit_in_bytes"))) {
				return group;
			}
			group.close();
		}
		catch (IOException ex) {
			// Not allowed here
		}
		return null;
	}

	private Path file(String name) {
		return this.directory.resolve(this.unified ? NAMES.getOrDefault(name, name) : name);
	}

	/** Has a command run in the group. */
	String[] prefix() {
		return new String[] { "sh", "-c", "echo $$ > '" + this.directory.resolve("cgroup.procs") + "' && exec \"$@\"",
				"sh" };
	}

	void set(String name, String value) throws IOException {
		Files.writeString(file(name), value);
	}

	String get(String name) throws IOException {
		return Files.readString(file(name)).trim();
	}

	@Override
	public void close() {
		Awaitility.await("an empty control group")
			.atMost(Duration.ofSeconds(10))
			.ignoreExceptions()
			.until(() -> Files.deleteIfExists(this.directory));
	}

}
