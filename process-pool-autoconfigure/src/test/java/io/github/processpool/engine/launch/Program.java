package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of a test; nothing of it is left when it is closed.
 */
final class Program implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(120);

	private final List<String> command;

	private final Path output;

	private final Process process;

	Program(Path directory, Map<String, String> environment, List<String> command) throws IOException {
		this.command = command;
		this.output = Files.createTempFile("program", ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.output.toFile());
		builder.environment().putAll(environment);
		this.process = builder.start();
	}

	/**
	 * Waits until the program has ended, and well.
	 * @return what it printed
	 * @throws Exception if the wait is interrupted
	 */
	String awaitEnd() throws Exception {
		boolean ended = this.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
		assertThat(ended).as("%s has not ended, it printed:%n%s", this.command, output()).isTrue();
		assertThat(this.process.exitValue()).as("Exit code of %s, which printed:%n%s", this.command, output()).isZero();
		return output();
	}

	/**
	 * Waits until the program, which goes on, has printed something.
	 * @param text what it is to print
	 * @return what it printed so far
	 */
	String awaitOutput(String text) {
		Awaitility.await().atMost(LIMIT).until(() -> !this.process.isAlive() || output().contains(text));
		return output();
	}

	/**
	 * What it printed so far.
	 * @return both streams
	 */
	String output() {
		try {
			return new String(Files.readAllBytes(this.output), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Processes that it started and that live.
	 * @return its descendants
	 */
	List<ProcessHandle> descendants() {
		return this.process.descendants().toList();
	}

	/**
	 * Asks the program to end, and waits.
	 * @return what it printed
	 */
	String stop() throws Exception {
		this.process.destroy();
		assertThat(this.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return output();
	}

	/**
	 * Ends the program as the kernel would, and nothing but the program.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	@Override
	public void close() throws Exception {
		Stream.concat(descendants().stream(), Stream.of(this.process.toHandle()))
			.forEach(ProcessHandle::destroyForcibly);
		this.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
		Files.deleteIfExists(this.output);
	}

}
