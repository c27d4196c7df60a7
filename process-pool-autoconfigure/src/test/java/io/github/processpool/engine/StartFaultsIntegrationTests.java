package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerStartException;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that do not start, start late, or are killed while they do.
 */
@Timeout(60)
@EnabledOnOs({ OS.LINUX, OS.MAC })
@ExtendWith(NothingLeftBehind.class)
class StartFaultsIntegrationTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "KILL", "TERM" })
	@Faults({ "C8", "stray kill" })
	void onlyWorkerKilledWhileItStartsShouldBeStartedAgainAtOnce(String signal) throws Exception {
		try (ProcessPool pool = Pools.withJava(slowOnce())) {
			CompletableFuture<Long> task = pool.submit(Deeds.pid());
			long victim = startingPid(pool, -1);
			kill(signal, victim);
			assertThat(Failures.value(task)).isNotEqualTo(victim);
			assertThat(pool.snapshot().startFailure()).isNull();
		}
	}

	@Test
	@Faults("stray kill")
	void workerKilledAgainWhileItStartsShouldFailTheCallersAndComeBackLater() throws Exception {
		try (ProcessPool pool = Pools.withJava(slow())) {
			CompletableFuture<Long> task = pool.submit(Deeds.pid());
			long first = startingPid(pool, -1);
			kill("KILL", first);
			kill("KILL", startingPid(pool, first));
			assertThat(Failures.of(WorkerStartException.class, task)).hasMessageContaining("137, SIGKILL");
			awaitValue(pool);
		}
	}

	@Test
	@Faults({ "C2", "C3", "C4" })
	void startThatFailsAgainAndAgainShouldFailTheCallersWithItsWordsAndLeaveNoFiles() throws Exception {
		Path count = this.directory.resolve("count");
		Path home = Pools.fakeJava(this.directory.resolve("java"), "echo x >> '" + count + "'",
				"echo 'no luck today' >&2; exit 17");
		try (ProcessPool pool = Pools.withJava(home)) {
			List<CompletableFuture<Long>> tasks = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				tasks.add(pool.submit(Deeds.pid()));
			}
			for (CompletableFuture<Long> task : tasks) {
				assertThat(Failures.of(WorkerStartException.class, task)).hasMessageContaining("no luck today")
					.hasMessageContaining("exit code 17");
			}
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> Files.readAllLines(count).size() >= 2);
			assertThat(Files.readAllLines(count)).as("attempts, with back-off").hasSizeLessThan(8);
			assertThat(Failures.of(WorkerStartException.class, pool.submit(Deeds.pid())))
				.hasMessageContaining("is not attempted");
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.untilAsserted(
						() -> assertThat(files(NothingLeftBehind.directories().get(0))).containsOnly("owner.lock"));
		}
	}

	@Test
	@Faults({ "C6", "machine" })
	void missingJavaShouldBeNamedAndThePoolRecoverByItself() throws Exception {
		Path home = this.directory.resolve("not yet");
		try (ProcessPool pool = Pools.withJava(home)) {
			assertThat(Failures.of(WorkerStartException.class, pool.submit(Deeds.pid())))
				.hasMessageContaining(home.toString())
				.hasMessageContaining("process-pool.worker.java-home");
			Pools.fakeJava(home, "exec $JAVA \"$@\"");
			awaitValue(pool);
		}
	}

	@Test
	@Faults({ "C8", "C11" })
	void startThatHangsShouldEndAtItsTimeoutAndThePoolRecoverByItself() throws Exception {
		Path marker = Files.createFile(this.directory.resolve("hang"));
		Path home = Pools.fakeJava(this.directory.resolve("java"),
				"if [ -e '" + marker + "' ]; then rm '" + marker + "'; exec sleep 600; fi", "exec $JAVA \"$@\"");
		try (ProcessPool pool = Pools.withJava(home, Duration.ofMillis(1500), new PoolListener() {
		})) {
			assertThat(Failures.of(WorkerStartException.class, pool.submit(Deeds.pid())))
				.hasMessageContaining("1500 ms")
				.hasMessageContaining("process-pool.startup-timeout");
			awaitValue(pool);
		}
	}

	@Test
	@Faults({ "C8", "G9", "D3" })
	void tasksSubmittedWhileTheWorkerIsSlowToStartShouldAllRun() throws Exception {
		try (ProcessPool pool = Pools.withJava(slow())) {
			List<CompletableFuture<Long>> tasks = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				tasks.add(pool.submit(Deeds.pid(),
						io.github.processpool.TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(900))));
			}
			for (CompletableFuture<Long> task : tasks) {
				assertThat(Failures.value(task)).isPositive();
			}
		}
	}

	/** A Java that takes a second before it begins. */
	private Path slow() throws IOException {
		return Pools.fakeJava(this.directory.resolve("java"), "sleep 1", "exec $JAVA \"$@\"");
	}

	private Path slowOnce() throws IOException {
		Path marker = Files.createFile(this.directory.resolve("slow"));
		return Pools.fakeJava(this.directory.resolve("java"),
				"if [ -e '" + marker + "' ]; then rm '" + marker + "'; sleep 5; fi", "exec $JAVA \"$@\"");
	}

	private static long startingPid(ProcessPool pool, long other) {
		return Awaitility.await()
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(10))
			.until(() -> pool.snapshot()
				.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.STARTING)
				.mapToLong((worker) -> worker.pid())
				.findFirst()
				.orElse(-1), (pid) -> pid > 0 && pid != other);
	}

	private static void kill(String signal, long pid) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor()).isZero();
	}

	private static void awaitValue(ProcessPool pool) {
		Awaitility.await("recovered").atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			return true;
		});
		FaultReport.happened("recovered");
	}

	private static List<String> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

}
