package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Timeouts and cancellation really stop the work.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class StoppingTasksIntegrationTests {

	private final ProcessPool pool = Pools.small().maxSize(1).build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	@Faults({ "D1", "D2", "D8", "D10" })
	void timeoutShouldFailWithAThreadDumpAndKillTheDeafWorker() throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<Double> task = this.pool.submit(Deeds.spin(started),
				TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(500)));
		assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOfSatisfying(TaskTimeoutException.class, (failure) -> {
				assertThat(failure.getTimeout()).isEqualTo(Duration.ofMillis(500));
				assertThat(failure.getPid()).isEqualTo(readPid(started));
				assertThat(failure.getThreadDump()).contains("Deeds");
				assertThat(failure).hasMessageContaining("500 ms").hasMessageContaining("Deeds");
			});
		long spinning = readPid(started);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> ProcessHandle.of(spinning).isEmpty());
		assertThat(pid()).isNotEqualTo(spinning);
	}

	@Test
	@Faults({ "D9", "D16" })
	void taskThatHonoursTheInterruptShouldKeepItsWorkerAfterATimeout() throws Exception {
		Path started = this.directory.resolve("started");
		// With time to heed it on a busy machine
		try (ProcessPool patient = Pools.small().maxSize(1).cancelGrace(Duration.ofSeconds(10)).build()) {
			CompletableFuture<String> task = patient.submit(Deeds.sleepUntilInterrupted(started),
					TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(300)));
			assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(TaskTimeoutException.class);
			assertThat(patient.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isEqualTo(readPid(started));
		}
	}

	@Test
	@Faults("D3")
	void timeoutShouldCountFromTheStartOfTheExecution() throws Exception {
		Path release = this.directory.resolve("release");
		CompletableFuture<String> first = this.pool.submit(Deeds.waitFor(release));
		CompletableFuture<Long> second = this.pool.submit(Deeds.pid(),
				TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(400)));
		Awaitility.await().until(() -> this.pool.snapshot().queuedTasks() == 1);
		assertThatThrownBy(() -> second.get(800, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
		Files.createFile(release);
		assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("released");
		assertThat(second.get(20, TimeUnit.SECONDS)).isPositive();
	}

	static Stream<Named<Consumer<CompletableFuture<?>>>> waysToLoseInterest() {
		return Stream.of(Named.of("cancel(true)", (future) -> future.cancel(true)),
				Named.of("completeExceptionally", (future) -> future.completeExceptionally(new Exception("mine"))),
				Named.of("complete", (future) -> future.complete(null)),
				Named.of("obtrudeValue", (future) -> future.obtrudeValue(null)),
				Named.of("orTimeout", (future) -> future.orTimeout(1, TimeUnit.MILLISECONDS)),
				Named.of("completeOnTimeout", (future) -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)),
				Named.of("completeAsync", (future) -> future.completeAsync(() -> null)));
	}

	@ParameterizedTest
	@MethodSource("waysToLoseInterest")
	@Faults("D11")
	void lostInterestShouldStopTheWork(Consumer<CompletableFuture<?>> lose) throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<Double> task = this.pool.submit(Deeds.spin(started));
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(started) && Files.size(started) > 0);
		long spinning = readPid(started);
		lose.accept(task);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(task::isDone);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> ProcessHandle.of(spinning).isEmpty());
		assertThat(pid()).isNotEqualTo(spinning);
	}

	@Test
	@Faults("D11")
	void cancelWithoutInterruptShouldLetTheTaskEndAndKeepTheWorker() throws Exception {
		Path release = this.directory.resolve("release");
		CompletableFuture<String> task = this.pool.submit(Deeds.waitFor(release));
		Awaitility.await().until(() -> this.pool.snapshot().workers(WorkerState.BUSY) == 1);
		long pid = this.pool.snapshot().workers().get(0).pid();
		assertThat(task.cancel(false)).isTrue();
		assertThat(task).isCancelled();
		Files.createFile(release);
		assertThat(pid()).isEqualTo(pid);
	}

	@Test
	@Faults("D11")
	void cancelWithoutInterruptShouldNotUndoTheTimeout() throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<Double> task = this.pool.submit(Deeds.spin(started),
				TaskOptions.defaults().withTaskTimeout(Duration.ofSeconds(2)));
		awaitContent(started);
		long spinning = readPid(started);
		assertThat(task.cancel(false)).isTrue();
		assertThat(ProcessHandle.of(spinning)).isPresent();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ProcessHandle.of(spinning).isEmpty());
		assertThat(pid()).isNotEqualTo(spinning);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@Faults({ "B18", "D1" })
	void secondAttemptShouldHaveItsOwnTimeoutWhenTheFirstDiesOverItsThreadDump() throws Exception {
		this.pool.resize(2, 2);
		occupyBoth();
		Path started = this.directory.resolve("started");
		CompletableFuture<Double> task = this.pool.submit(Deeds.spin(started),
				TaskOptions.defaults().withTaskTimeout(Duration.ofSeconds(2)).withIdempotent(2));
		long submitted = System.nanoTime();
		awaitContent(started);
		long first = readPid(started);
		Files.delete(started);
		assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(first)).start().waitFor()).isZero();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> System.nanoTime() - submitted > TimeUnit.MILLISECONDS.toNanos(2080));
		ProcessHandle.of(first).orElseThrow().destroyForcibly();
		assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(TaskTimeoutException.class);
		Awaitility.await("all workers are free")
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.pool.snapshot().workers(WorkerState.BUSY) == 0);
	}

	private void occupyBoth() throws Exception {
		Path release = this.directory.resolve("release both");
		List<CompletableFuture<String>> tasks = List.of(this.pool.submit(Deeds.waitFor(release)),
				this.pool.submit(Deeds.waitFor(release)));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.pool.snapshot().workers(WorkerState.BUSY) == 2);
		Files.createFile(release);
		for (CompletableFuture<String> task : tasks) {
			assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo("released");
		}
	}

	private static void awaitContent(Path file) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> Files.exists(file) && Files.size(file) > 0);
	}

	@Test
	@Faults("D12")
	void cancelledWaitingTaskShouldNeverRun() throws Exception {
		Path release = this.directory.resolve("release");
		String trace = this.directory.resolve("trace").toString();
		CompletableFuture<String> first = this.pool.submit(Deeds.waitFor(release));
		CompletableFuture<String> waiting = this.pool.submit(() -> Files.writeString(Path.of(trace), "ran").toString());
		CompletableFuture<Long> last = this.pool.submit(Deeds.pid());
		assertThat(waiting.cancel(true)).isTrue();
		assertThat(this.pool.snapshot().queuedTasks()).isLessThanOrEqualTo(2);
		Files.createFile(release);
		first.get(20, TimeUnit.SECONDS);
		last.get(20, TimeUnit.SECONDS);
		assertThat(Path.of(trace)).doesNotExist();
	}

	@Test
	@Faults({ "D19", "G1" })
	void manyQuickCancelsShouldLeaveAHealthyPool() throws Exception {
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			CompletableFuture<Long> future = this.pool.submit(Deeds.pid());
			if (i % 3 == 0) {
				future.cancel(i % 2 == 0);
			}
			futures.add(future);
		}
		for (CompletableFuture<Long> future : futures) {
			if (!future.isCancelled()) {
				assertThat(future.get(30, TimeUnit.SECONDS)).isPositive();
			}
		}
		assertThat(pid()).isPositive();
	}

	@Test
	@Faults("D3")
	void queueTimeoutShouldRejectWithTheFacts() throws Exception {
		Path release = this.directory.resolve("release");
		CompletableFuture<String> first = this.pool.submit(Deeds.waitFor(release));
		CompletableFuture<Long> waiting = this.pool.submit(Deeds.pid(),
				TaskOptions.defaults().withQueueTimeout(Duration.ofMillis(200)));
		assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).cause()
			.isInstanceOf(ProcessPoolRejectedException.class)
			.hasMessageContaining("200 ms")
			.hasMessageContaining("'queueTimeout' of its TaskOptions");
		Files.createFile(release);
		assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("released");
	}

	@Test
	@Faults("G13")
	void interruptedCallerShouldLeaveTheTaskAlone() throws Exception {
		Path release = this.directory.resolve("release");
		CompletableFuture<String> task = this.pool.submit(Deeds.waitFor(release));
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		CountDownLatch ended = new CountDownLatch(1);
		Thread caller = new Thread(() -> {
			try {
				task.get();
			}
			catch (Throwable ex) {
				thrown.set(ex);
			}
			finally {
				ended.countDown();
			}
		});
		caller.start();
		Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
		caller.interrupt();
		assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
		Files.createFile(release);
		assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo("released");
	}

	@Test
	@Faults("G1")
	void waitingCallerShouldSeeACancelByAnother() throws Exception {
		CompletableFuture<String> task = this.pool.submit(Deeds.waitFor(this.directory.resolve("never")));
		CompletableFuture<Throwable> seen = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				task.join();
			}
			catch (Throwable ex) {
				seen.complete(ex);
			}
		});
		caller.start();
		Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
		task.cancel(true);
		assertThat(seen.get(5, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
	}

	@Test
	@Faults("G3")
	void blockedCallbackShouldStallNobody() throws Exception {
		CountDownLatch blocked = new CountDownLatch(4);
		CountDownLatch release = new CountDownLatch(1);
		List<CompletableFuture<Void>> stages = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			stages.add(this.pool.submit(Deeds.pid()).thenAccept((pid) -> {
				blocked.countDown();
				await(release);
			}));
		}
		assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 100; i++) {
			assertThat(pid()).isPositive();
		}
		release.countDown();
		CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
	}

	@Test
	@Faults({ "F10", "G3" })
	void stopFromACallbackShouldNotDeadlock() throws Exception {
		CompletableFuture<Void> stage = this.pool.submit(Deeds.pid()).thenAccept((pid) -> this.pool.close());
		stage.get(10, TimeUnit.SECONDS);
	}

	private long pid() throws Exception {
		return this.pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static long readPid(Path file) {
		try {
			return Long.parseLong(Files.readString(file));
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
