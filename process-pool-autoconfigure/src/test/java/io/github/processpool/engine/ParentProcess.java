package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of its own that has a pool, so that tests can do to it what they cannot do to
 * themselves. It talks through files in its directory.
 */
final class ParentProcess implements AutoCloseable {

	private final Path directory;

	private final Path temporary;

	private final Process process;

	private ParentProcess(Path directory, Path temporary, Process process) {
		this.directory = directory;
		this.temporary = temporary;
		this.process = process;
	}

	/**
	 * Starts one.
	 * @param directory where it and the test leave files for each other
	 * @param role what it does
	 * @param prefix what stands before its command
	 */
	static ParentProcess start(Path directory, String role, String... prefix) throws IOException {
		Path temporary = Files.createDirectory(directory.resolve("tmp"));
		List<String> command = new ArrayList<>(List.of(prefix));
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
				"-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path"),
				LimitedParent.class.getName(), role, directory.toString()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("output").toFile())
			.start();
		return new ParentProcess(directory, temporary, process);
	}

	long pid() {
		return this.process.pid();
	}

	/** What it wrote into a file of that name. */
	String await(String name) {
		Path file = this.directory.resolve(name);
		return Awaitility.await(name)
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(10))
			.failFast("the parent has ended: " + this.directory, () -> !this.process.isAlive() && !Files.exists(file))
			.until(() -> Files.exists(file) ? Files.readString(file) : "", (text) -> text.endsWith("\n"));
	}

	/** Tells it to go on. */
	void tell(String name) throws IOException {
		Files.createFile(this.directory.resolve(name));
	}

	int awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).as("the parent ends").isTrue();
		return this.process.exitValue();
	}

	String output() throws IOException {
		return Files.readString(this.directory.resolve("output"));
	}

	/** What it and its workers left in its directory for temporary files. */
	List<String> leftFiles() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith("processpool-"))
				.toList();
		}
	}

	@Override
	public void close() {
		List<ProcessHandle> family = this.process.descendants().toList();
		this.process.destroyForcibly();
		family.forEach(ProcessHandle::destroyForcibly);
	}

}
