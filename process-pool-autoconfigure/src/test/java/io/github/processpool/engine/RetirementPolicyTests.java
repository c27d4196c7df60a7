package io.github.processpool.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerState;
import io.github.processpool.WorkerStatistics;
import io.github.processpool.protocol.SettingNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a worker is replaced.
 */
class RetirementPolicyTests {

	@Test
	void workerThatHoldsTooMuchMemoryShouldBeDueAndStaySo() {
		RetirementPolicy policy = new RetirementPolicy(config(0, Duration.ZERO, 1000, 0));
		Worker worker = worker(policy);
		worker.report(resident(1000));
		assertThat(policy.due(worker)).isNull();
		worker.report(resident(1001));
		assertThat(policy.due(worker)).isEqualTo(ExitReason.RETIRED_MEMORY);
		worker.expire(ExitReason.RETIRED_MEMORY);
		worker.report(resident(10));
		assertThat(policy.due(worker)).isEqualTo(ExitReason.RETIRED_MEMORY);
	}

	@Test
	void workerShouldBeDueAfterItsTasks() {
		RetirementPolicy policy = new RetirementPolicy(config(2, Duration.ZERO, 0, 0));
		Worker worker = worker(policy);
		runTask(worker);
		assertThat(policy.due(worker)).isNull();
		assertThat(policy.tasksLeft(worker)).isEqualTo(1);
		runTask(worker);
		assertThat(policy.due(worker)).isEqualTo(ExitReason.RETIRED_TASKS);
	}

	@Test
	void lifetimesShouldDifferButNotExceedTheLimit() {
		RetirementPolicy policy = new RetirementPolicy(config(0, Duration.ofSeconds(10), 0, 0));
		List<Long> lifetimes = Stream.generate(policy::lifetimeNanos).limit(20).distinct().toList();
		assertThat(lifetimes).hasSizeGreaterThan(1)
			.allSatisfy((nanos) -> assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofSeconds(9),
					Duration.ofSeconds(10)));
	}

	@Test
	void workerThatReachesItsTasksWhileItWaitsForItsReplacementShouldBeDueForThem() {
		RetirementPolicy policy = new RetirementPolicy(config(1, Duration.ZERO, 0, 0));
		Worker worker = worker(policy);
		worker.expire(ExitReason.RETIRED_AGE);
		assertThat(policy.due(worker)).isEqualTo(ExitReason.RETIRED_AGE);
		runTask(worker);
		assertThat(policy.due(worker)).isEqualTo(ExitReason.RETIRED_TASKS);
	}

	@Test
	void heapShouldCountAfterACollectionOnly() {
		RetirementPolicy policy = new RetirementPolicy(config(0, Duration.ZERO, 0, 100));
		Worker worker = worker(policy);
		assertThat(policy.due(worker)).isNull();
		worker.report(heap(900, -1));
		assertThat(policy.due(worker)).isNull();
		worker.report(heap(900, 100));
		assertThat(policy.due(worker)).isNull();
		worker.report(heap(900, 101));
		assertThat(policy.due(worker)).isEqualTo(ExitReason.RETIRED_HEAP);
	}

	@Test
	void workerThatCouldRunOutOfHeapShouldNotWait() {
		RetirementPolicy policy = new RetirementPolicy(config(0, Duration.ZERO, 0, 100));
		Worker worker = worker(policy);
		worker.report(heap(900, 550));
		assertThat(policy.isUrgent(worker)).isFalse();
		worker.report(heap(900, 551));
		assertThat(policy.isUrgent(worker)).isTrue();
		worker.report(heap(900, 100));
		assertThat(policy.isUrgent(worker)).isFalse();
		assertThat(new RetirementPolicy(config(0, Duration.ZERO, 0, 0)).isUrgent(worker)).isFalse();
	}

	@Test
	void workerShouldNotCollectBeforeItIsIdle() {
		RetirementPolicy policy = new RetirementPolicy(config(0, Duration.ZERO, 0, 100));
		Worker worker = worker(policy);
		worker.report(heap(900, -1));
		runTask(worker);
		assertThat(policy.wantsCollection(worker)).as("starting").isFalse();
		worker.transition(WorkerState.BUSY);
		assertThat(policy.wantsCollection(worker)).as("busy").isFalse();
		worker.transition(WorkerState.IDLE);
		assertThat(policy.wantsCollection(worker)).as("just idle").isFalse();
		Awaitility.await().until(() -> policy.wantsCollection(worker));
		worker.report(heap(100, -1));
		assertThat(policy.wantsCollection(worker)).as("not over the limit").isFalse();
		worker.report(heap(900, -1));
		worker.collecting();
		assertThat(policy.wantsCollection(worker)).as("asked already").isFalse();
		runTask(worker);
		assertThat(policy.wantsCollection(worker)).as("after another task").isTrue();
	}

	@Test
	void workerWithoutLimitsShouldNeverBeDue() {
		RetirementPolicy policy = new RetirementPolicy(config(0, Duration.ZERO, 0, 0));
		Worker worker = worker(policy);
		runTask(worker);
		worker.report(resident(Long.MAX_VALUE));
		assertThat(policy.due(worker)).isNull();
		assertThat(policy.tasksLeft(worker)).isEqualTo(Long.MAX_VALUE);
	}

	private static void runTask(Worker worker) {
		TaskInfo info = new TaskInfo("test", "task", "Task", "call", 0, 0, 1, TaskInfo.Source.OPTIONS, false, false);
		worker.sent()
			.add(new Assignment(new PendingTask<>(info, NoOwner.INSTANCE, null), worker, 1, System.nanoTime()));
		worker.end();
	}

	private static WorkerStatistics resident(long bytes) {
		return new WorkerStatistics(Instant.now(), bytes, 0, -1, 0, 0, Duration.ZERO, 0, Duration.ZERO, 1);
	}

	private static WorkerStatistics heap(long used, long afterGc) {
		return new WorkerStatistics(Instant.now(), 0, used, afterGc, 1000, 1000, Duration.ZERO, 0, Duration.ZERO, 1);
	}

	private static Worker worker(RetirementPolicy policy) {
		return new Worker(1, 1, new WorkerProcess("test", Thread::new), policy.lifetimeNanos());
	}

	private static PoolConfig config(int maxTasks, Duration maxLifetime, long maxMemory, long maxHeap) {
		return PoolConfig.builder("test", SettingNames.ofBuilder())
			.maxTasksPerWorker(maxTasks)
			.maxLifetime(maxLifetime)
			.maxMemory(maxMemory)
			.maxRetainedHeap(maxHeap)
			.build();
	}

}
