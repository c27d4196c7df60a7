package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pool is stopped while things go wrong, or things go wrong while it is stopped.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class StopFaultsIntegrationTests {

	@TempDir
	private Path directory;

	static Stream<Arguments> faultsDuringStop() {
		return Stream.of(Arguments.of("halt", WorkerCrashedException.class, "exit code 7"),
				Arguments.of("exit", WorkerCrashedException.class, "exit code 7"),
				Arguments.of("exhaust heap", WorkerCrashedException.class, "ran out of memory"),
				Arguments.of("throw", IllegalStateException.class, "while it stops"),
				Arguments.of("unserializable result", TaskSerializationException.class, "result"),
				Arguments.of("exit while writing the result", WorkerCrashedException.class, "exit code 7"),
				Arguments.of("result that cannot be read", TaskSerializationException.class, "result"),
				Arguments.of("time out", TaskTimeoutException.class, "ran for longer"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faultsDuringStop")
	@Faults({ "F6", "F7", "E6", "E3" })
	void faultWhileThePoolStopsShouldCostOneTaskAndNotHoldUpTheStop(String fault, Class<? extends Throwable> type,
			String fact) throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().maxSize(1).build();
		Path release = this.directory.resolve("release");
		CompletableFuture<?> guilty = pool.submit(faultAfter(release.toString(), fault),
				TaskOptions.defaults().withTaskTimeout(Duration.ofSeconds(2)));
		CompletableFuture<Long> innocent = pool.submit(Deeds.pid());
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
		CompletableFuture<Void> stop = stopElsewhere(pool);
		if (!fault.equals("time out")) {
			Files.createFile(release);
		}
		assertThat(Failures.of(type, guilty)).hasMessageContaining(fact);
		assertThat(Failures.value(innocent)).isPositive();
		Failures.value(stop);
	}

	private static ProcessTask<Object> faultAfter(String release, String fault) {
		return () -> {
			Deeds.waitFor(Path.of(release)).call();
			return switch (fault) {
				case "halt" -> Deeds.halt(7).call();
				case "exit" -> Deeds.exit(7).call();
				case "exhaust heap" -> Deeds.exhaustHeap().call();
				case "throw" -> throw new IllegalStateException("while it stops");
				case "unserializable result" -> new StringJoiner(",");
				case "exit while writing the result" -> new Deeds.Trap("write", "exit");
				case "result that cannot be read" -> new Deeds.Trap("read", "throw");
				default -> "";
			};
		};
	}

	@Test
	@Faults("F7")
	void taskThatCannotBeSentWhileThePoolStopsShouldBeRefusedAtOnce() throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().maxSize(1).build();
		Path release = this.directory.resolve("release");
		CompletableFuture<String> running = pool.submit(Deeds.waitFor(release));
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
		CompletableFuture<Void> stop = stopElsewhere(pool);
		StringJoiner unserializable = new StringJoiner(",");
		CompletableFuture<?> refused = pool.submit(() -> unserializable.toString());
		assertThat(refused).isDone();
		Failures.of(ProcessPoolRejectedException.class, refused);
		Files.createFile(release);
		assertThat(Failures.value(running)).isEqualTo("released");
		Failures.value(stop);
	}

	@Test
	@Faults("F10")
	void secondStopShouldWaitForTheFirst() throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().maxSize(1).build();
		Path release = this.directory.resolve("release");
		CompletableFuture<String> running = pool.submit(Deeds.waitFor(release));
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
		CompletableFuture<Void> first = stopElsewhere(pool);
		List<CompletableFuture<Void>> others = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			others.add(stopElsewhere(pool));
		}
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.until(() -> others.stream().noneMatch(CompletableFuture::isDone));
		Files.createFile(release);
		assertThat(Failures.value(running)).isEqualTo("released");
		for (CompletableFuture<Void> other : others) {
			Failures.value(other);
			assertThat(ProcessHandle.current().children()).as("workers after a stop").isEmpty();
		}
		Failures.value(first);
	}

	@Test
	@Faults({ "F10", "G3" })
	void stopFromCallbacksWhileAnotherStopsShouldNotDeadlock() throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().build();
		Path release = this.directory.resolve("release");
		List<CompletableFuture<Void>> stages = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			stages.add(pool.submit(Deeds.waitFor(release)).thenAccept((value) -> pool.stop()));
		}
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 2);
		CompletableFuture<Void> stop = stopElsewhere(pool);
		Files.createFile(release);
		for (CompletableFuture<Void> stage : stages) {
			Failures.value(stage);
		}
		Failures.value(stop);
	}

	@Test
	@Faults("F10")
	void stopFromAListenerShouldEndWithinTheShutdownTimeout() throws Exception {
		Queue<WorkerExit> exits = new ConcurrentLinkedQueue<>();
		CompletableFuture<ManagedPool> self = new CompletableFuture<>();
		ManagedPool pool = (ManagedPool) Pools.small()
			.shutdownTimeout(Duration.ofSeconds(2))
			.listener(new PoolListener() {

				@Override
				public void workerExited(String name, WorkerExit exit) {
					exits.add(exit);
					self.join().stop();
				}

			})
			.build();
		self.complete(pool);
		Failures.of(WorkerCrashedException.class, pool.submit(Deeds.halt(3)));
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !pool.isRunning());
		pool.stop();
		assertThat(exits).isNotEmpty();
	}

	enum Condition {

		NEVER_USED, IDLE, STARTING, BUSY, DEAD, STOPPED

	}

	@ParameterizedTest
	@EnumSource
	@Faults("F10")
	void poolInAnyConditionShouldStopMoreThanOnce(Condition condition) throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().maxSize(1).shutdownTimeout(Duration.ofSeconds(2)).build();
		CompletableFuture<?> task = bring(pool, condition);
		pool.stop();
		pool.stop();
		assertThat(task).isDone();
		assertThat(ProcessHandle.current().children()).isEmpty();
		Failures.of(ProcessPoolRejectedException.class, pool.submit(Deeds.pid()));
		pool.start();
		assertThat(Failures.value(pool.submit(Deeds.pid()))).isPositive();
		pool.stop();
	}

	private CompletableFuture<?> bring(ManagedPool pool, Condition condition) {
		switch (condition) {
			case NEVER_USED -> {
				return CompletableFuture.completedFuture(null);
			}
			case STARTING -> {
				return pool.submit(Deeds.pid());
			}
			case BUSY -> {
				CompletableFuture<?> task = pool.submit(Deeds.spin(this.directory.resolve("started")));
				Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
				return task;
			}
			default -> {
				CompletableFuture<Long> task = pool.submit(Deeds.pid());
				long pid = Failures.value(task);
				if (condition == Condition.DEAD) {
					ProcessHandle.of(pid).orElseThrow().destroyForcibly();
				}
				if (condition == Condition.STOPPED) {
					pool.stop();
				}
				return task;
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@EnabledOnOs(OS.LINUX)
	@Faults({ "F22", "C11" })
	void frozenWorkerShouldBeKilledAtTheEndOfTheStopAndReported(boolean busy) throws Exception {
		Queue<WorkerExit> exits = new ConcurrentLinkedQueue<>();
		ManagedPool pool = (ManagedPool) Pools.small()
			.maxSize(1)
			.shutdownTimeout(Duration.ofSeconds(2))
			.listener(new PoolListener() {

				@Override
				public void workerExited(String name, WorkerExit exit) {
					exits.add(exit);
				}

			})
			.build();
		Path started = this.directory.resolve("started");
		CompletableFuture<?> task = busy ? pool.submit(Deeds.sleepUntilInterrupted(started)) : pool.submit(Deeds.pid());
		long pid = busy ? content(started) : (Long) Failures.value(task);
		assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
		long start = System.nanoTime();
		pool.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
		if (busy) {
			assertThat(Failures.of(CancellationException.class, task)).hasMessageContaining("shutdownTimeout");
		}
		assertThat(exits).singleElement().satisfies((exit) -> {
			FaultReport.happened("reported " + exit.reason() + ", exit code " + exit.exitCode());
			assertThat(exit.pid()).isEqualTo(pid);
			assertThat(exit.reason()).isEqualTo(ExitReason.SHUTDOWN);
			assertThat(exit.exitCode()).isEqualTo(137);
		});
	}

	@Test
	@Faults("F3")
	void cancelOfHalfOfTheTasksBeforeTheStopShouldLeaveNonePending() {
		ManagedPool pool = (ManagedPool) Pools.small().build();
		List<CompletableFuture<Long>> tasks = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			tasks.add(pool.submit(Deeds.pid()));
		}
		for (int i = 1; i < 50; i += 2) {
			tasks.get(i).cancel(true);
		}
		pool.stop();
		int cancelled = 0;
		for (CompletableFuture<Long> task : tasks) {
			assertThat(task).isDone();
			if (task.isCancelled()) {
				cancelled++;
			}
			else {
				assertThat(task.join()).isPositive();
			}
		}
		assertThat(cancelled).isEqualTo(25);
	}

	@RepeatedTest(10)
	@Faults("D19")
	void quickCancelsRightBeforeTheStopShouldNotHangIt() {
		ManagedPool pool = (ManagedPool) Pools.small().build();
		List<CompletableFuture<Long>> tasks = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			CompletableFuture<Long> task = pool.submit(Deeds.pid());
			task.cancel(i % 2 == 0);
			tasks.add(task);
		}
		long start = System.nanoTime();
		pool.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
		assertThat(tasks).allSatisfy((task) -> assertThat(task).isCancelled());
	}

	@Test
	@Faults({ "F2", "F15" })
	void outcomesOfAcceptedTasksShouldReachTheirCallbacksOverTheStop() {
		ManagedPool pool = (ManagedPool) Pools.small().build();
		AtomicInteger delivered = new AtomicInteger();
		List<CompletableFuture<Void>> stages = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			stages.add(pool.submit(Deeds.pid()).thenAccept((pid) -> delivered.incrementAndGet()));
		}
		pool.stop();
		stages.forEach(Failures::value);
		assertThat(delivered).hasValue(50);
	}

	@Test
	@Faults({ "E3", "E4", "E8" })
	void stopWhileEachWorkerEndsAfterOneTaskShouldBringAllResults() {
		ManagedPool pool = (ManagedPool) Pools.small()
			.maxTasksPerWorker(1)
			.shutdownTimeout(Duration.ofSeconds(20))
			.build();
		List<CompletableFuture<Long>> tasks = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			tasks.add(pool.submit(Deeds.pid()));
		}
		pool.stop();
		assertThat(tasks.stream().map(Failures::value).distinct()).hasSize(6);
	}

	@Test
	@Faults("E6")
	void stopWhileEachWorkerFailsItsOnlyTaskShouldBringAllFailures() {
		ManagedPool pool = (ManagedPool) Pools.small().maxSize(1).maxTasksPerWorker(1).build();
		List<CompletableFuture<String>> tasks = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			tasks.add(pool.submit(Deeds.halt(i)));
		}
		pool.stop();
		for (int i = 0; i < 4; i++) {
			assertThat(Failures.of(WorkerCrashedException.class, tasks.get(i)).getExitCode()).isEqualTo(i);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Faults({ "F12", "H4" })
	void stopWhileLargePayloadsAreOnTheirWayShouldNotStall(boolean result) throws Exception {
		int size = 64 * 1024 * 1024;
		ManagedPool pool = (ManagedPool) Pools.small().maxSize(1).maxHeap(400L * 1024 * 1024).build();
		assertThat(Failures.value(pool.submit(Deeds.pid()))).isPositive();
		CompletableFuture<Integer> task = result ? pool.submit(produce(size)).thenApply((bytes) -> bytes.length)
				: pool.submit(measure(new byte[size]));
		pool.stop();
		assertThat(Failures.value(task)).isEqualTo(size);
	}

	private static ProcessTask<byte[]> produce(int size) {
		return () -> new byte[size];
	}

	private static ProcessTask<Integer> measure(byte[] bytes) {
		return () -> bytes.length;
	}

	@Test
	@Faults("G4")
	void submitsThatRaceWithStopsAndStartsShouldAllHaveAnOutcome() throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().build();
		AtomicBoolean over = new AtomicBoolean();
		Queue<CompletableFuture<Long>> tasks = new ConcurrentLinkedQueue<>();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread caller = new Thread(() -> {
				while (!over.get()) {
					CompletableFuture<Long> task = pool.submit(Deeds.pid());
					tasks.add(task);
					task.exceptionally((failure) -> -1L).join();
				}
			});
			caller.start();
			callers.add(caller);
		}
		for (int i = 0; i < 10; i++) {
			CountDownLatch some = new CountDownLatch(1);
			pool.submit(Deeds.pid()).whenComplete((pid, failure) -> some.countDown());
			assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
			pool.stop();
			pool.start();
		}
		over.set(true);
		for (Thread caller : callers) {
			caller.join(20_000);
			assertThat(caller.isAlive()).isFalse();
		}
		pool.stop();
		int rejected = 0;
		for (CompletableFuture<Long> task : tasks) {
			assertThat(task).isDone();
			if (task.isCompletedExceptionally()) {
				rejected++;
				assertThat(task.handle((pid, failure) -> failure).join())
					.isInstanceOf(ProcessPoolRejectedException.class);
			}
		}
		FaultReport.happened(tasks.size() - rejected + " values, the rest rejected");
		assertThat(rejected).isLessThan(tasks.size());
	}

	private static CompletableFuture<Void> stopElsewhere(ManagedPool pool) {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		new Thread(() -> {
			try {
				pool.stop();
				stopped.complete(null);
			}
			catch (Throwable ex) {
				stopped.completeExceptionally(ex);
			}
		}, "stopper").start();
		Awaitility.await().until(() -> !pool.isRunning());
		return stopped;
	}

	private static long content(Path file) throws IOException {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file) && Files.size(file) > 0);
		return Long.parseLong(Files.readString(file));
	}

}
