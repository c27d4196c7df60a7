package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskOptions;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A worker dies: its own task fails and nobody else's, and the pool goes on.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class WorkerDeathIntegrationTests {

	private final ProcessPool pool = Pools.small().maxSize(1).build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
	}

	static Stream<Arguments> deaths() {
		return Stream.of(Arguments.of("exit 42", Deeds.exit(42), 42, null, ExitReason.CRASHED),
				Arguments.of("exit 0", Deeds.exit(0), 0, null, ExitReason.CRASHED),
				Arguments.of("exit 3", Deeds.exit(3), 3, null, ExitReason.CRASHED),
				Arguments.of("halt 43", Deeds.halt(43), 43, null, ExitReason.CRASHED),
				Arguments.of("exit with a hanging hook", Deeds.exitWithHangingHook(9), 93, null, ExitReason.CRASHED),
				Arguments.of("segfault", Deeds.segfault(), null, "SIGSEGV", ExitReason.CRASHED),
				Arguments.of("exhausted heap", Deeds.exhaustHeap(), 3, null, ExitReason.OUT_OF_MEMORY));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("deaths")
	@Faults({ "B1", "B2", "B3", "B9", "B16" })
	void taskThatEndsItsWorkerShouldFailAlone(String name, ProcessTask<?> deed, Integer exitCode, String signal,
			ExitReason reason) throws Exception {
		long before = pid();
		CompletableFuture<?> doomed = this.pool.submit(deed);
		CompletableFuture<Long> next = this.pool.submit(Deeds.pid());
		WorkerCrashedException failure = crash(doomed);
		if (exitCode != null) {
			assertThat(failure.getExitCode()).isEqualTo(exitCode);
		}
		assertThat(failure.getSignal().orElse(null)).isEqualTo(signal);
		assertThat(failure.getReport().reason()).isEqualTo(reason);
		assertThat(failure.getPid()).isEqualTo(before);
		assertThat(failure.isCompleted()).isFalse();
		assertThat(failure.getAttempt()).isEqualTo(1);
		assertThat(failure).hasMessageContaining("Deeds").hasMessageContaining("pid " + before);
		assertThat(next.get(20, TimeUnit.SECONDS)).isNotEqualTo(before);
		assertThat(this.pool.snapshot().lastExits().get(0).reason()).isEqualTo(reason);
	}

	@Test
	@Faults({ "B1", "H9" })
	void segfaultShouldBringTheErrorLogOfTheJvm() {
		WorkerCrashedException failure = crash(this.pool.submit(Deeds.segfault()));
		assertThat(failure.getReport().errorLog()).contains("SIGSEGV").contains("Unsafe");
		assertThat(failure).hasMessageContaining("SIGSEGV").hasMessageContaining("Unsafe");
	}

	@Test
	@Faults("hs_err")
	void errorLogsShouldNotPileUp() throws Exception {
		assertThat(crash(this.pool.submit(Deeds.segfault())).getReport().errorLog()).isNotEmpty();
		assertThat(pid()).isPositive();
		assertThat(NothingLeftBehind.directories()).singleElement()
			.satisfies((own) -> assertThat(own).isDirectoryNotContaining("glob:**.log"));
	}

	@Test
	@Faults("C7")
	void killedWhileIdleShouldGoUnseen() throws Exception {
		long before = pid();
		kill(before);
		assertThat(pid()).isNotEqualTo(before);
	}

	@Test
	@Faults({ "C7", "B8" })
	void killedAgainAndAgainWhileIdleShouldGoUnseen() throws Exception {
		for (int i = 0; i < 20; i++) {
			kill(pid());
		}
		assertThat(pid()).isPositive();
	}

	@Test
	@Faults("B4")
	void killedWhileBusyShouldFailTheTaskWithTheSignal() throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<String> task = this.pool.submit(Deeds.sleepUntilInterrupted(started));
		kill(startedPid(started));
		WorkerCrashedException failure = crash(task);
		assertThat(failure.getExitCode()).isEqualTo(137);
		assertThat(failure.getSignal()).contains("SIGKILL");
		assertThat(pid()).isPositive();
	}

	@Test
	@Faults("B8")
	void workerKilledInItsFirstTaskShouldBeReplacedAtOnce() throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<String> task = this.pool.submit(Deeds.sleepUntilInterrupted(started));
		long victim = startedPid(started);
		kill(victim);
		crash(task);
		assertThat(this.pool.snapshot().workers()).singleElement()
			.satisfies((worker) -> assertThat(worker.pid()).isNotEqualTo(victim));
	}

	@Test
	@Faults({ "B4", "B5" })
	void oneDeathAmongManyTasksShouldCostOneTask() throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<String> victim = this.pool.submit(Deeds.sleepUntilInterrupted(started));
		List<CompletableFuture<Long>> others = new ArrayList<>();
		for (int i = 0; i < 99; i++) {
			others.add(this.pool.submit(Deeds.pid()));
		}
		kill(startedPid(started));
		assertThat(crash(victim).getExitCode()).isEqualTo(137);
		for (CompletableFuture<Long> other : others) {
			assertThat(other.get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	@Faults("B18")
	void idempotentTaskShouldRunAgainOnAnotherWorker() throws Exception {
		Path release = this.directory.resolve("release");
		CompletableFuture<String> task = this.pool.submit(Deeds.waitFor(release),
				TaskOptions.defaults().withIdempotent(3));
		long first = busyPid();
		kill(first);
		Awaitility.await().until(() -> busyPid() != first);
		Files.createFile(release);
		assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo("released");
	}

	@Test
	@Faults({ "B17", "B18" })
	void idempotentTaskShouldFailAfterItsAttemptsWithAllOfThem() {
		WorkerCrashedException failure = crash(
				this.pool.submit(Deeds.halt(5), TaskOptions.defaults().withIdempotent(3)));
		assertThat(failure.getAttempt()).isEqualTo(3);
		assertThat(failure.getSuppressed()).hasSize(2)
			.allSatisfy((attempt) -> assertThat(attempt).isInstanceOf(WorkerCrashedException.class));
	}

	@Test
	@Faults("A18")
	void errorsThatLeaveTheJvmIntactShouldKeepTheWorker() throws Exception {
		long before = pid();
		Throwable failure = failure(this.pool.submit(Deeds.overflowStack()));
		assertThat(failure).isInstanceOf(StackOverflowError.class);
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults({ "A18", "E12" })
	void thrownOutOfMemoryShouldRetireTheWorker() throws Exception {
		long before = pid();
		WorkerCrashedException failure = crash(this.pool.submit(Deeds.throwOutOfMemory()));
		assertThat(failure.getReport().reason()).isEqualTo(ExitReason.OUT_OF_MEMORY);
		assertThat(failure).hasRootCauseInstanceOf(OutOfMemoryError.class).hasRootCauseMessage("by hand");
		assertThat(pid()).isNotEqualTo(before);
	}

	@Test
	@Faults("A20")
	void noiseOnTheStandardStreamsShouldNotDisturb() throws Exception {
		assertThat(this.pool.submit(Deeds.printNoise()).get(20, TimeUnit.SECONDS)).isEqualTo("clean");
	}

	@Test
	@Faults("H7")
	void lastLinesOfStandardErrorShouldBeInTheReport() {
		WorkerCrashedException failure = crash(this.pool.submit(() -> {
			System.err.println("about to go");
			Runtime.getRuntime().halt(1);
			return "";
		}));
		assertThat(failure.getStderrTail()).contains("about to go");
		assertThat(failure).hasMessageContaining("about to go");
	}

	@Test
	@Faults("listener")
	void listenerThatFailsBadlyShouldHarmNobody() throws Exception {
		PoolListener broken = new PoolListener() {

			@Override
			public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
				throw new LinkageError("of a listener");
			}

			@Override
			public void workerExited(String pool, WorkerExit exit) {
				throw new LinkageError("of a listener");
			}

			@Override
			public void taskFinished(TaskEvent event) {
				throw new LinkageError("of a listener");
			}

		};
		try (ProcessPool listened = Pools.small().maxSize(1).listener(broken).build()) {
			assertThat(listened.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			assertThat(crash(listened.submit(Deeds.halt(1))).getExitCode()).isEqualTo(1);
			assertThat(listened.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	@Faults("B7")
	void failuresOfTwoTasksShouldBeDistinct() {
		CompletableFuture<String> one = this.pool.submit(Deeds.halt(1));
		CompletableFuture<String> two = this.pool.submit(Deeds.halt(1));
		assertThat(crash(one)).isNotSameAs(crash(two));
	}

	private long pid() throws Exception {
		return this.pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
	}

	/**
	 * A worker that is busy need not have begun its task yet, and then another would run
	 * it.
	 */
	private static long startedPid(Path started) throws Exception {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(started) && Files.size(started) > 0);
		return Long.parseLong(Files.readString(started));
	}

	private long busyPid() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.pool.snapshot()
				.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.BUSY)
				.mapToLong((worker) -> worker.pid())
				.findFirst()
				.orElse(-1), (pid) -> pid > 0);
	}

	private static void kill(long pid) {
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
	}

	private static WorkerCrashedException crash(CompletableFuture<?> future) {
		Throwable failure = failure(future);
		FaultReport.happened(failure.getClass().getSimpleName() + ": " + failure.getMessage());
		assertThat(failure).isInstanceOf(WorkerCrashedException.class);
		return (WorkerCrashedException) failure;
	}

	private static Throwable failure(CompletableFuture<?> future) {
		return catchThrowableOfType(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS)).getCause();
	}

}
