package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After each test there is no child process, no thread of a pool and no private directory
 * of this process.
 */
public final class NothingLeftBehind implements AfterEachCallback {

	@Override
	public void afterEach(ExtensionContext context) {
		Awaitility.await("nothing left behind").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(children()).as("child processes").isEmpty();
			assertThat(threads()).as("threads of pools").isEmpty();
			assertThat(directories()).as("private directories").isEmpty();
		});
	}

	private static List<String> children() {
		return ProcessHandle.current()
			.descendants()
			.filter(ProcessHandle::isAlive)
			.map((process) -> process.pid() + " " + process.info().commandLine().orElse(""))
			.toList();
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("processpool-"))
			.map(Thread::getName)
			.toList();
	}

	/**
	 * Private directories of the pools of this process.
	 */
	static List<Path> directories() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			String prefix = "processpool-" + ProcessHandle.current().pid() + "-";
			return files.filter((file) -> file.getFileName().toString().startsWith(prefix)).toList();
		}
	}

}
