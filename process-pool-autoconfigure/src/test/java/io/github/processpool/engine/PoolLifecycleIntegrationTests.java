package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.WorkerStartException;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How pools grow, shrink, replace, stop and start again.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class PoolLifecycleIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void unusedPoolShouldStartNothing() {
		try (ProcessPool pool = Pools.small().build()) {
			assertThat(pool.snapshot().workers()).isEmpty();
			assertThat(ProcessHandle.current().children()).isEmpty();
		}
	}

	@Test
	@Faults({ "E13", "G6" })
	void poolShouldGrowBeforeItQueuesAndShrinkWhenIdle() throws Exception {
		try (ProcessPool pool = Pools.small().keepAlive(Duration.ofMillis(300)).build()) {
			Path release = this.directory.resolve("release");
			List<CompletableFuture<String>> tasks = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				tasks.add(pool.submit(Deeds.waitFor(release)));
			}
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 2);
			assertThat(pool.snapshot().queuedTasks()).isEqualTo(3);
			Files.createFile(release);
			for (CompletableFuture<String> task : tasks) {
				task.get(20, TimeUnit.SECONDS);
			}
			Awaitility.await().until(() -> pool.snapshot().workers().size() == 1);
			assertThat(pool.snapshot().lastExits().get(0).reason()).isEqualTo(ExitReason.IDLE);
		}
	}

	@Test
	@Faults("E19")
	void oneAfterTheOtherShouldUseOneWorker() throws Exception {
		try (ProcessPool pool = Pools.small().build()) {
			Set<Long> pids = new HashSet<>();
			for (int i = 0; i < 5; i++) {
				pids.add(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS));
			}
			assertThat(pids).hasSize(1);
		}
	}

	@Test
	@Faults("E14")
	void poolWithoutCoreShouldShrinkToNothingAndComeBack() throws Exception {
		try (ProcessPool pool = Pools.small().coreSize(0).keepAlive(Duration.ofMillis(200)).build()) {
			for (int i = 0; i < 3; i++) {
				assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
				Awaitility.await().until(() -> pool.snapshot().workers().isEmpty());
			}
		}
	}

	@Test
	@Faults("G7")
	void fullQueueShouldRejectWithTheFacts() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).queueCapacity(2).build()) {
			Path release = this.directory.resolve("release");
			List<CompletableFuture<String>> taken = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				taken.add(pool.submit(Deeds.waitFor(release)));
			}
			CompletableFuture<Long> rejected = pool.submit(Deeds.pid());
			assertThat(rejected).isCompletedExceptionally();
			assertThatThrownBy(rejected::get).cause()
				.isInstanceOf(ProcessPoolRejectedException.class)
				.hasMessageContaining("queue of 2")
				.hasMessageContaining("ProcessPool.Builder.queueCapacity");
			Files.createFile(release);
			for (CompletableFuture<String> task : taken) {
				assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo("released");
			}
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	@Faults({ "E1", "E7", "E8" })
	void workerShouldBeReplacedAfterItsTasks() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).maxTasksPerWorker(5).build()) {
			List<CompletableFuture<Long>> tasks = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				tasks.add(pool.submit(Deeds.pid()));
			}
			List<Long> pids = new ArrayList<>();
			for (CompletableFuture<Long> task : tasks) {
				pids.add(task.get(30, TimeUnit.SECONDS));
			}
			assertThat(new HashSet<>(pids)).hasSize(6);
			Set<Long> distinct = new HashSet<>(pids);
			assertThat(distinct)
				.allSatisfy((pid) -> assertThat(pids.stream().filter(pid::equals).count()).isEqualTo(5));
			assertThat(pool.snapshot().lastExits())
				.allSatisfy((exit) -> assertThat(exit.reason()).isEqualTo(ExitReason.RETIRED_TASKS));
		}
	}

	@Test
	@Faults("E1")
	void oldWorkerShouldBeReplaced() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).maxLifetime(Duration.ofMillis(800)).build()) {
			long first = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			Awaitility.await()
				.until(() -> pool.snapshot().workers(WorkerState.IDLE) == 1
						&& pool.snapshot().workers().stream().noneMatch((worker) -> worker.pid() == first));
			assertThat(pool.snapshot().lastExits().get(0).reason()).isEqualTo(ExitReason.RETIRED_AGE);
		}
	}

	@Test
	void oldWorkersThatWaitForTheSameStartShouldAllBeReplaced() throws Exception {
		// Each worker's JVM creates the file and waits until it is gone
		Path paused = this.directory.resolve("paused");
		try (ProcessPool pool = Pools.small()
			.maxSize(3)
			.maxLifetime(Duration.ofSeconds(3))
			.jvmArgs("-XX:+UnlockDiagnosticVMOptions", "-XX:+PauseAtStartup", "-XX:PauseAtStartupFile=" + paused)
			.build()) {
			Path release = this.directory.resolve("release");
			List<CompletableFuture<String>> tasks = new ArrayList<>();
			tasks.add(pool.submit(Deeds.waitFor(release)));
			tasks.add(pool.submit(Deeds.waitFor(release)));
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
				Files.deleteIfExists(paused);
				return pool.snapshot().workers(WorkerState.BUSY) == 2;
			});
			tasks.add(pool.submit(Deeds.waitFor(release)));
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(paused));
			Files.createFile(release);
			for (CompletableFuture<String> task : tasks) {
				task.get(20, TimeUnit.SECONDS);
			}
			Awaitility.await("both are old").pollDelay(Duration.ofSeconds(4)).until(() -> true);
			assertThat(pool.snapshot().workers(WorkerState.STARTING)).as("workers that start").isEqualTo(1);
			Awaitility.await("one worker, the core size").atMost(Duration.ofSeconds(20)).until(() -> {
				Files.deleteIfExists(paused);
				return pool.snapshot().workers().size() == 1;
			});
		}
	}

	@Test
	@Faults({ "E17", "E18" })
	void resizeShouldActOnTheRunningPool() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).build()) {
			Path release = this.directory.resolve("release");
			List<CompletableFuture<String>> tasks = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				tasks.add(pool.submit(Deeds.waitFor(release)));
			}
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
			pool.resize(0, 3);
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 3);
			pool.resize(0, 1);
			Files.createFile(release);
			for (CompletableFuture<String> task : tasks) {
				task.get(20, TimeUnit.SECONDS);
			}
			Awaitility.await().until(() -> pool.snapshot().workers().size() == 1);
			assertThatIllegalArgumentException().isThrownBy(() -> pool.resize(2, 1))
				.withMessageContaining("max size 1");
		}
	}

	@Test
	@Faults({ "F1", "F2" })
	void stopShouldLetAcceptedTasksEnd() throws Exception {
		ProcessPool pool = Pools.small().build();
		List<CompletableFuture<Long>> tasks = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			tasks.add(pool.submit(Deeds.pid()));
		}
		pool.close();
		for (CompletableFuture<Long> task : tasks) {
			assertThat(task.get(5, TimeUnit.SECONDS)).isPositive();
		}
		assertThatThrownBy(() -> pool.submit(Deeds.pid()).get(1, TimeUnit.SECONDS)).cause()
			.isInstanceOf(ProcessPoolRejectedException.class)
			.hasMessageContaining("shut down");
	}

	@Test
	@Faults("F11")
	void stopShouldBeBoundedAndEndWhatDoesNotEnd() throws Exception {
		ProcessPool pool = Pools.small().maxSize(1).shutdownTimeout(Duration.ofSeconds(2)).build();
		CompletableFuture<Double> endless = pool.submit(Deeds.spin(this.directory.resolve("started")));
		CompletableFuture<Long> waiting = pool.submit(Deeds.pid());
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
		long start = System.nanoTime();
		pool.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
		assertThatThrownBy(() -> endless.get(1, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class)
			.hasMessageContaining("shutdownTimeout");
		assertThatThrownBy(endless::join).isInstanceOf(CancellationException.class)
			.hasMessageContaining("shutdownTimeout");
		assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS)).cause()
			.isInstanceOf(ProcessPoolRejectedException.class);
	}

	@Test
	@Faults("F20")
	void stoppedPoolShouldStartAgainLazily() throws Exception {
		ManagedPool pool = (ManagedPool) Pools.small().build();
		for (int i = 0; i < 3; i++) {
			pool.start();
			assertThat(pool.isRunning()).isTrue();
			assertThat(pool.snapshot().workers()).isEmpty();
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			pool.stop();
			pool.stop();
			assertThat(pool.isRunning()).isFalse();
			assertThat(ProcessHandle.current().children()).isEmpty();
		}
	}

	@Test
	void eagerStartShouldStartTheCore() {
		try (ManagedPool pool = (ManagedPool) Pools.small().coreSize(2).build()) {
			pool.startWorkers();
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.IDLE) == 2);
		}
	}

	@Test
	@Faults({ "C8", "F10" })
	void stopWhileStartingShouldNotHang() {
		ManagedPool pool = (ManagedPool) Pools.small().coreSize(2).build();
		pool.startWorkers();
		pool.stop();
		assertThat(ProcessHandle.current().children()).isEmpty();
	}

	@Test
	@Faults({ "C2", "C4" })
	void workersThatCannotStartShouldFailTasksWithTheCauseAndRecover() throws Exception {
		Path marker = this.directory.resolve("fail");
		Files.createFile(marker);
		try (ProcessPool pool = Pools.small().jvmArgs("-XX:Flags=" + marker, "-XX:+NoSuchOption").build()) {
			CompletableFuture<Long> task = pool.submit(Deeds.pid());
			assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).cause()
				.isInstanceOf(WorkerStartException.class)
				.hasMessageContaining("NoSuchOption")
				.hasMessageContaining("exit code 1");
			assertThat(pool.snapshot().startFailure()).isInstanceOf(WorkerStartException.class);
			assertThat(pool.submit(Deeds.pid())).isCompletedExceptionally();
		}
	}

	@Test
	void threadsShouldNotGrowWithCalls() throws Exception {
		int callers = 50;
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try (ProcessPool pool = Pools.small().build()) {
			pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			List<java.util.concurrent.Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				results.add(executor.submit(() -> {
					int right = 0;
					for (int call = 0; call < 200; call++) {
						int number = call;
						if (pool.submit(() -> number).get(30, TimeUnit.SECONDS) == number) {
							right++;
						}
					}
					return right;
				}));
			}
			int most = 0;
			while (results.stream().anyMatch((result) -> !result.isDone())) {
				most = Math.max(most, poolThreads());
				Thread.onSpinWait();
			}
			int sum = 0;
			for (java.util.concurrent.Future<Integer> result : results) {
				sum += result.get(30, TimeUnit.SECONDS);
			}
			assertThat(sum).isEqualTo(10_000);
			assertThat(most).as("threads of the pool").isLessThan(20);
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static int poolThreads() {
		int count = 0;
		Thread[] threads = new Thread[500];
		int found = Thread.enumerate(threads);
		for (int i = 0; i < found; i++) {
			if (threads[i].getName().startsWith("processpool-")) {
				count++;
			}
		}
		return count;
	}

}
