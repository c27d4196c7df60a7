package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The parent is killed: within two seconds its workers are gone, with all that they
 * started, whatever they were doing.
 */
@Timeout(60)
class ParentDeathIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(2);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "starting", "idle", "spinning", "collecting", "native", "grandchildren" })
	@Faults("F16")
	void killedParentShouldTakeItsWorkersWithIt(String state) throws Exception {
		Path output = this.directory.resolve("output");
		Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-Djava.io.tmpdir=" + this.directory, "-cp", System.getProperty("java.class.path"),
				DoomedParent.class.getName(), state, this.directory.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		List<ProcessHandle> family = new ArrayList<>();
		try {
			await(() -> Files.exists(this.directory.resolve("parent-ready")));
			if (!state.equals("starting") && !state.equals("idle")) {
				await(() -> Files.exists(this.directory.resolve("started-1")));
				await(() -> Files.exists(this.directory.resolve("started-2")));
			}
			int expected = state.equals("grandchildren") ? 4 : 2;
			await(() -> parent.descendants().count() == expected);
			parent.descendants().forEach(family::add);
			long killed = System.nanoTime();
			parent.destroyForcibly();
			Awaitility.await("workers gone")
				.atMost(BOUND)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> Processes.noneRuns(family));
			FaultReport.happened("all gone after %d ms".formatted((System.nanoTime() - killed) / 1_000_000));
			assertThat(parent.waitFor(5, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			parent.destroyForcibly();
			family.forEach(ProcessHandle::destroyForcibly);
		}
		assertThat(Files.readString(output)).as("what workers and parent printed").doesNotContain("Exception");
	}

	private static void await(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(condition);
	}

}
