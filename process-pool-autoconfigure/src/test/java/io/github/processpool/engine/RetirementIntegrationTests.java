package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.processpool.ExitReason;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import io.github.processpool.WorkerStatistics;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that are replaced as planned, at no cost to anybody.
 */
@Timeout(90)
@ExtendWith(NothingLeftBehind.class)
@EnabledOnOs(OS.LINUX)
class RetirementIntegrationTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final long LIMIT = 24 * MEGABYTE;

	private static final Duration SOON = Duration.ofSeconds(20);

	@TempDir
	private Path directory;

	@Test
	@Faults("E10")
	void quickLeakShouldBeBoundedAndFailNothing() throws Exception {
		try (ProcessPool pool = limited().build()) {
			List<CompletableFuture<long[]>> tasks = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				tasks.add(pool.submit(leak()));
			}
			List<Long> pids = new ArrayList<>();
			for (CompletableFuture<long[]> task : tasks) {
				long[] pidAndLeaked = task.get(40, TimeUnit.SECONDS);
				pids.add(pidAndLeaked[0]);
				assertThat(pidAndLeaked[1]).isLessThan(60L * MEGABYTE);
			}
			assertThat(pids.stream().distinct().count()).isGreaterThan(2);
			assertThat(pool.snapshot().lastExits()).hasSizeGreaterThan(1)
				.allSatisfy((exit) -> assertThat(exit.reason()).isEqualTo(ExitReason.RETIRED_HEAP));
		}
	}

	@Test
	@Faults("E10")
	void leakThatNoCollectionHasSeenShouldBeFoundInAnIdleMoment() throws Exception {
		// With a young part of the heap that takes all of it, so that there is no
		// collection
		try (ProcessPool pool = limited().maxHeap(256 * MEGABYTE).jvmArgs("-Xmn120m").build()) {
			long leaking = pool.submit(leak()).get(20, TimeUnit.SECONDS)[0];
			for (int i = 0; i < 10; i++) {
				assertThat(pool.submit(leak()).get(20, TimeUnit.SECONDS)[0]).isEqualTo(leaking);
			}
			Awaitility.await()
				.atMost(SOON)
				.until(() -> pool.snapshot().workers(WorkerState.IDLE) == 1
						&& pool.snapshot().workers().stream().noneMatch((worker) -> worker.pid() == leaking));
			assertThat(pool.snapshot().lastExits()).extracting(WorkerExit::reason)
				.containsExactly(ExitReason.RETIRED_HEAP);
		}
	}

	@Test
	@Faults("E11")
	void garbageShouldBeNoReason() throws Exception {
		try (ProcessPool pool = limited().build()) {
			for (int i = 0; i < 60; i++) {
				pool.submit(litter()).get(20, TimeUnit.SECONDS);
			}
			Awaitility.await("the collection that tells garbage from leaks")
				.atMost(SOON)
				.until(() -> statistics(pool) != null && statistics(pool).heapAfterGc() > 0
						&& statistics(pool).heapUsed() < LIMIT);
			Awaitility.await("all collections that there will be").pollDelay(Duration.ofSeconds(2)).until(() -> true);
			long collections = statistics(pool).gcCount();
			Awaitility.await("a few heartbeats").pollDelay(Duration.ofSeconds(2)).until(() -> true);
			assertThat(statistics(pool).gcCount()).as("collections of a worker that does nothing")
				.isEqualTo(collections);
			assertThat(pool.snapshot().lastExits()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "RETIRED_AGE", "RETIRED_MEMORY", "RETIRED_HEAP" })
	@Faults("E1")
	void busyWorkerShouldGoOnUntilItsReplacementIsThere(ExitReason reason) throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(3);
		try (ProcessPool pool = due(reason)) {
			Load load = new Load(pool);
			List<Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				results.add(callers.submit(load::run));
			}
			long replacement = Awaitility.await()
				.atMost(SOON)
				.pollInterval(Duration.ofMillis(2))
				.until(() -> load.pids.isEmpty() ? -1 : pid(pool, WorkerState.STARTING), (pid) -> pid > 0);
			signal("STOP", replacement);
			// Not whose task ended last: that may be the one before
			List<Long> others = pool.snapshot()
				.workers()
				.stream()
				.filter((worker) -> worker.state() == WorkerState.BUSY || worker.state() == WorkerState.IDLE)
				.map(WorkerSnapshot::pid)
				.toList();
			assertThat(others).hasSize(1).doesNotContain(replacement);
			long old = others.get(0);
			int before = load.pids.size();
			Awaitility.await("tasks go on").atMost(SOON).until(() -> load.pids.size() > before + 100);
			assertThat(load.pids.getLast()).isEqualTo(old);
			assertThat(pool.snapshot().workers()).as("the one and its replacement").hasSize(2);
			signal("CONT", replacement);
			Awaitility.await()
				.atMost(SOON)
				.until(() -> pool.snapshot().lastExits().stream().anyMatch((exit) -> exit.pid() == old));
			WorkerExit exit = pool.snapshot()
				.lastExits()
				.stream()
				.filter((candidate) -> candidate.pid() == old)
				.findFirst()
				.orElseThrow();
			assertThat(exit.reason()).isEqualTo(reason);
			load.stop.set(true);
			int ended = 0;
			for (Future<Integer> result : results) {
				ended += result.get(20, TimeUnit.SECONDS);
			}
			assertThat(ended).isEqualTo(load.pids.size());
			assertThat(load.retiringWorkers).as("tasks of retiring workers").isEmpty();
			List<Long> order = load.pids.stream().distinct().toList();
			assertThat(order).startsWith(old, replacement);
		}
		finally {
			callers.shutdownNow();
		}
	}

	@Test
	@Faults("E1")
	void lastTaskShouldBringTheReplacement() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).maxTasksPerWorker(2).build()) {
			long old = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			assertThat(pool.snapshot().workers()).hasSize(1);
			Path release = this.directory.resolve("release");
			CompletableFuture<String> last = pool.submit(Deeds.waitFor(release));
			Awaitility.await()
				.atMost(SOON)
				.until(() -> pool.snapshot().workers(WorkerState.IDLE) == 1
						&& pool.snapshot().workers(WorkerState.BUSY) == 1);
			long replacement = pid(pool, WorkerState.IDLE);
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isEqualTo(replacement).isNotEqualTo(old);
			Files.createFile(release);
			assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo("released");
			Awaitility.await().atMost(SOON).until(() -> !pool.snapshot().lastExits().isEmpty());
			assertThat(pool.snapshot().lastExits().get(0).reason()).isEqualTo(ExitReason.RETIRED_TASKS);
			assertThat(pool.snapshot().lastExits().get(0).pid()).isEqualTo(old);
		}
	}

	@Test
	void workerThatIsNearlyUsedUpShouldGoOnUntilItsReplacementIsThere() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).maxTasksPerWorker(60).build()) {
			long old = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			for (int task = 2; task <= 53; task++) {
				assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isEqualTo(old);
			}
			assertThat(pool.snapshot().workers()).as("a tenth of the tasks is left, and one").hasSize(1);
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isEqualTo(old);
			long replacement = Awaitility.await()
				.atMost(SOON)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> pid(pool, WorkerState.STARTING), (pid) -> pid > 0);
			signal("STOP", replacement);
			for (int task = 55; task <= 60; task++) {
				assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isEqualTo(old);
			}
			CompletableFuture<Long> next = pool.submit(Deeds.pid());
			signal("CONT", replacement);
			assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo(replacement);
			Awaitility.await().atMost(SOON).until(() -> !pool.snapshot().lastExits().isEmpty());
			assertThat(pool.snapshot().lastExits()).extracting(WorkerExit::reason)
				.containsExactly(ExitReason.RETIRED_TASKS);
		}
	}

	@Test
	@Faults("E1")
	void busyWorkerWhoseTasksAreTakenBackShouldBeReplaced() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).heartbeatTimeout(Duration.ofSeconds(30)).build()) {
			long old = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			signal("STOP", old);
			// It is sent these, and cannot start them
			List<CompletableFuture<Long>> tasks = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				tasks.add(pool.submit(Deeds.pid()));
			}
			WorkerSnapshot worker = pool.snapshot().workers().get(0);
			assertThat(worker.state()).isEqualTo(WorkerState.BUSY);
			assertThat(pool.retire(worker.id())).isTrue();
			tasks.remove(0).cancel(true);
			signal("CONT", old);
			for (CompletableFuture<Long> task : tasks) {
				assertThat(task.get(20, TimeUnit.SECONDS)).isNotEqualTo(old);
			}
			Awaitility.await().atMost(SOON).until(() -> !pool.snapshot().lastExits().isEmpty());
			assertThat(pool.snapshot().lastExits()).extracting(WorkerExit::reason)
				.containsExactly(ExitReason.RETIRED_REQUEST);
		}
	}

	private static ProcessPool.Builder limited() {
		return Pools.small()
			.maxSize(1)
			.maxHeap(64 * MEGABYTE)
			.maxRetainedHeap(LIMIT)
			.heartbeatTimeout(Duration.ofSeconds(2));
	}

	/**
	 * A pool of one worker that soon has this reason to retire.
	 */
	private static ProcessPool due(ExitReason reason) {
		ProcessPool.Builder builder = Pools.small().maxSize(1).heartbeatTimeout(Duration.ofSeconds(2));
		switch (reason) {
			case RETIRED_AGE -> builder.maxLifetime(Duration.ofMillis(1500));
			case RETIRED_MEMORY -> builder.maxMemory(10 * MEGABYTE);
			// With much room above the limit, however slow the start of a worker is here
			case RETIRED_HEAP -> builder.maxHeap(256 * MEGABYTE).maxRetainedHeap(8 * MEGABYTE);
			default -> throw new IllegalArgumentException(reason.name());
		}
		return builder.build();
	}

	private static WorkerStatistics statistics(ProcessPool pool) {
		return pool.snapshot().workers().get(0).statistics();
	}

	private static long pid(ProcessPool pool, WorkerState state) {
		return pool.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.state() == state)
			.mapToLong(WorkerSnapshot::pid)
			.findFirst()
			.orElse(-1);
	}

	private static void signal(String name, long pid) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor()).isZero();
	}

	private static ProcessTask<long[]> leak() {
		return () -> {
			Hoard.KEPT.add(new byte[3 * MEGABYTE]);
			return new long[] { ProcessHandle.current().pid(), Hoard.KEPT.size() * 3L * MEGABYTE };
		};
	}

	private static ProcessTask<Integer> litter() {
		return () -> {
			Object[] cycle = { new byte[3 * MEGABYTE], null };
			cycle[1] = cycle;
			return cycle.length;
		};
	}

	/**
	 * What tasks never let go.
	 */
	private static final class Hoard {

		private static final List<byte[]> KEPT = new ArrayList<>();

	}

	/**
	 * Callers that never let a worker be idle.
	 */
	private static final class Load {

		private final ProcessPool pool;

		private final ConcurrentLinkedDeque<Long> pids = new ConcurrentLinkedDeque<>();

		private final ConcurrentLinkedDeque<WorkerSnapshot> retiringWorkers = new ConcurrentLinkedDeque<>();

		private final AtomicBoolean stop = new AtomicBoolean();

		Load(ProcessPool pool) {
			this.pool = pool;
		}

		private Integer run() throws Exception {
			int ended = 0;
			while (!this.stop.get()) {
				this.pids.add(this.pool.submit(churn()).get(30, TimeUnit.SECONDS));
				ended++;
				this.pool.snapshot()
					.workers()
					.stream()
					.filter((worker) -> worker.state() == WorkerState.RETIRING && worker.currentTask() != null)
					.forEach(this.retiringWorkers::add);
			}
			return ended;
		}

		/** Makes collections happen, and keeps a little. */
		private static ProcessTask<Long> churn() {
			return () -> {
				byte[][] garbage = new byte[4][];
				for (int i = 0; i < garbage.length; i++) {
					garbage[i] = new byte[MEGABYTE];
				}
				Hoard.KEPT.add(new byte[4000]);
				return ProcessHandle.current().pid();
			};
		}

	}

}
