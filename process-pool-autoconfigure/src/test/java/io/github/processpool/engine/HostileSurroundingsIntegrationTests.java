package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What surrounds the pool misbehaves: listeners, exceptions, callers, the machine.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class HostileSurroundingsIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	@Faults("listener")
	void listenerThatThrowsErrorsShouldCostNothing() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).listener(new ThrowingListener()).build()) {
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			assertThatThrownBy(() -> pool.submit(Deeds.halt(3)).get(20, TimeUnit.SECONDS))
				.hasCauseInstanceOf(WorkerCrashedException.class);
			CompletableFuture<String> cancelled = pool.submit(Deeds.waitFor(this.directory.resolve("never")));
			cancelled.cancel(true);
			assertThat(cancelled).isCancelled();
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	@Faults("A17")
	void exceptionWithAThrowingStackTraceShouldArrive() {
		try (ProcessPool pool = Pools.small().build()) {
			assertThatThrownBy(() -> pool.submit(() -> {
				throw new StubbornException();
			}).get(20, TimeUnit.SECONDS)).cause().isNotNull();
		}
	}

	@Test
	@Faults({ "E1", "E7" })
	void workersShouldStayNearTheMaximumWhenEachEndsAfterOneTask() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).maxTasksPerWorker(1).build()) {
			Path release = this.directory.resolve("release");
			List<CompletableFuture<String>> tasks = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				tasks.add(pool.submit(Deeds.waitFor(release)));
			}
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) > 0);
			Awaitility.await().during(Duration.ofSeconds(2)).until(() -> pool.snapshot().workers().size() <= 2);
			Files.createFile(release);
			for (CompletableFuture<String> task : tasks) {
				assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo("released");
			}
		}
	}

	@Test
	@Faults("D11")
	void droppedTaskShouldStillObeyItsTimeout() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).build()) {
			CompletableFuture<Double> task = pool.submit(Deeds.spin(this.directory.resolve("started")),
					TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(500)));
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
			task.cancel(false);
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	@Faults("G13")
	void interruptedCallerShouldBeAbleToSubmitTheFirstTask() throws Exception {
		try (ProcessPool pool = Pools.small().build()) {
			Thread.currentThread().interrupt();
			CompletableFuture<Long> task = pool.submit(Deeds.pid());
			assertThat(Thread.interrupted()).isTrue();
			assertThat(task.get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	void poolsOfOneJvmShouldNotSweepEachOther() throws Exception {
		try (ProcessPool one = Pools.small().name("one").build(); ProcessPool two = Pools.small().name("two").build()) {
			assertThat(one.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			assertThat(two.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			ProcessHandle.of(one.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).orElseThrow().destroyForcibly();
			assertThat(one.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	void durationsBeyondMeasureShouldMeanForEver() throws Exception {
		Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
		try (ProcessPool pool = Pools.small().keepAlive(forEver).taskTimeout(forEver).queueTimeout(forEver).build()) {
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	@Test
	void manyShortTasksAmongLongOnesShouldNotWaitForThem() throws Exception {
		try (ProcessPool pool = Pools.small().queueCapacity(100_000).build()) {
			CountDownLatch flood = new CountDownLatch(20_000);
			for (int i = 0; i < 10_000; i++) {
				pool.submit(Deeds.pid()).whenComplete((value, failure) -> flood.countDown());
			}
			CompletableFuture<String> longOne = pool.submit(Deeds.waitFor(this.directory.resolve("release")));
			for (int i = 0; i < 10_000; i++) {
				pool.submit(Deeds.pid()).whenComplete((value, failure) -> flood.countDown());
			}
			assertThat(flood.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(longOne).isNotDone();
			Files.createFile(this.directory.resolve("release"));
			assertThat(longOne.get(20, TimeUnit.SECONDS)).isEqualTo("released");
		}
	}

	@Test
	@Faults("B4")
	void floodShouldLoseNothingWhenWorkersDie() throws Exception {
		try (ProcessPool pool = Pools.small().queueCapacity(100_000).build()) {
			List<CompletableFuture<Integer>> tasks = new ArrayList<>();
			for (int i = 0; i < 20_000; i++) {
				tasks.add(pool.submit(number(i)));
				if (i % 4000 == 3999) {
					pool.snapshot()
						.workers()
						.stream()
						.filter((worker) -> worker.state() == WorkerState.BUSY)
						.findFirst()
						.flatMap((worker) -> ProcessHandle.of(worker.pid()))
						.ifPresent(ProcessHandle::destroyForcibly);
				}
			}
			int crashed = 0;
			for (int i = 0; i < tasks.size(); i++) {
				try {
					assertThat(tasks.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
				}
				catch (java.util.concurrent.ExecutionException ex) {
					assertThat(ex).hasCauseInstanceOf(WorkerCrashedException.class);
					crashed++;
				}
			}
			assertThat(crashed).as("tasks that died with a worker").isLessThanOrEqualTo(5);
		}
	}

	@Test
	@Faults({ "F15", "G3" })
	void stopShouldCompleteFuturesBehindABlockedCallback() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CountDownLatch blocked = new CountDownLatch(1);
		ProcessPool pool = Pools.small().maxSize(1).build();
		CompletableFuture<Void> stuck = pool.submit(Deeds.pid()).thenAccept((pid) -> {
			blocked.countDown();
			await(release);
		});
		assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
		List<CompletableFuture<Long>> others = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			others.add(pool.submit(Deeds.pid()));
		}
		pool.close();
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> others.stream().allMatch(CompletableFuture::isDone));
		assertThat(stuck).isNotDone();
		release.countDown();
		stuck.get(5, TimeUnit.SECONDS);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ProcessTask<Integer> number(int number) {
		return () -> number;
	}

	private static final class ThrowingListener implements PoolListener {

		@Override
		public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
			throw new NoClassDefFoundError("workerStarted");
		}

		@Override
		public void workerExited(String pool, WorkerExit exit) {
			throw new NoClassDefFoundError("workerExited");
		}

		@Override
		public void taskFinished(TaskEvent event) {
			throw new NoClassDefFoundError("taskFinished");
		}

	}

	/** Refuses to tell or take a stack trace. */
	static final class StubbornException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public StackTraceElement[] getStackTrace() {
			throw new IllegalStateException("no stack trace");
		}

		@Override
		public void setStackTrace(StackTraceElement[] stackTrace) {
			throw new IllegalStateException("no stack trace");
		}

	}

}
