package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolConfiguration;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be seen of running workers and done to them from outside.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class InspectionIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void busyWorkerShouldBeSeenAtWork() throws Exception {
		Path release = this.directory.resolve("release");
		try (ProcessPool pool = Pools.small().build()) {
			CompletableFuture<String> task = pool.submit(Deeds.waitFor(release),
					TaskOptions.defaults().withDescription("a long one"));
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
			WorkerSnapshot worker = pool.snapshot().workers().get(0);
			assertThat(worker.task()).isNotNull();
			assertThat(worker.task().description()).isEqualTo("a long one");
			assertThat(worker.task().className()).isEqualTo("Deeds");
			assertThat(worker.task().methodName()).isEqualTo("lambda");
			assertThat(worker.task().attempt()).isOne();
			assertThat(worker.task().elapsed()).isPositive();
			Awaitility.await()
				.untilAsserted(() -> assertThat(pool.threadDump(worker.id()).get(10, TimeUnit.SECONDS))
					.contains("io.github.processpool.engine.Deeds"));
			assertThat(pool.heapHistogram(worker.id()).get(30, TimeUnit.SECONDS)).contains("java.lang.String", "Total");
			Files.createFile(release);
			assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo("released");
		}
	}

	@Test
	void thereShouldBeNothingToSeeOfAWorkerThatIsNotThere() {
		try (ProcessPool pool = Pools.small().build()) {
			assertThat(pool.threadDump(1)).failsWithin(Duration.ofSeconds(1))
				.withThrowableThat()
				.withMessageContaining("Pool 'test' has no worker 1");
			assertThat(pool.heapHistogram(1)).failsWithin(Duration.ofSeconds(1));
			assertThat(pool.retire(1)).isFalse();
			pool.submit(Deeds.pid()).join();
			assertThat(pool.threadDump(7)).failsWithin(Duration.ofSeconds(1));
			assertThat(pool.retire(7)).isFalse();
		}
	}

	@Test
	void idleWorkerShouldBeRetiredAndReplaced() throws Exception {
		try (ProcessPool pool = Pools.small().build()) {
			long first = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.IDLE) == 1);
			assertThat(pool.retire(1)).isTrue();
			assertThat(pool.retire(1)).isFalse();
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isNotEqualTo(first);
			Awaitility.await().until(() -> !pool.snapshot().lastExits().isEmpty());
			WorkerExit exit = pool.snapshot().lastExits().get(0);
			assertThat(exit.reason()).isEqualTo(ExitReason.RETIRED_REQUEST);
			assertThat(exit.reason().isPlanned()).isTrue();
			assertThat(exit.pid()).isEqualTo(first);
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.IDLE) == 1);
		}
	}

	@Test
	void busyWorkerShouldEndItsTaskBeforeItIsRetired() throws Exception {
		Path release = this.directory.resolve("release");
		try (ProcessPool pool = Pools.small().maxSize(1).build()) {
			CompletableFuture<String> running = pool.submit(Deeds.waitFor(release));
			CompletableFuture<Long> waiting = pool.submit(Deeds.pid());
			Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
			long pid = pool.snapshot().workers().get(0).pid();
			assertThat(pool.retire(1)).isTrue();
			assertThat(pool.retire(1)).isFalse();
			assertThat(pool.snapshot().lastExits()).isEmpty();
			Files.createFile(release);
			assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("released");
			assertThat(waiting.get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
			Awaitility.await().until(() -> !pool.snapshot().lastExits().isEmpty());
			assertThat(pool.snapshot().lastExits().get(0).reason()).isEqualTo(ExitReason.RETIRED_REQUEST);
		}
	}

	@Test
	void retriesAndWorkersOfTasksShouldBeTold() throws Exception {
		Queue<TaskRetry> retries = new ConcurrentLinkedQueue<>();
		Queue<TaskEvent> tasks = new ConcurrentLinkedQueue<>();
		try (ProcessPool pool = Pools.small().listener(new PoolListener() {

			@Override
			public void taskRetried(TaskRetry retry) {
				retries.add(retry);
			}

			@Override
			public void taskFinished(TaskEvent event) {
				tasks.add(event);
			}

		}).build()) {
			assertThat(pool.submit(Deeds.halt(5), TaskOptions.defaults().withIdempotent(2)))
				.failsWithin(Duration.ofSeconds(30));
			assertThat(retries).containsExactly(new TaskRetry("test", "Deeds", "lambda", 1, 2, 1, ExitReason.CRASHED));
			assertThat(tasks).hasSize(1);
			assertThat(tasks.peek().attempts()).isEqualTo(2);
			assertThat(tasks.peek().workerId()).isEqualTo(2);
			Awaitility.await().until(() -> pool.snapshot().lastExits().size() == 2);
			assertThat(pool.snapshot().lastExits().get(0).task()).isEqualTo("Deeds.lambda");
		}
	}

	@Test
	void configurationShouldTellWhatIsInForce() {
		try (ProcessPool pool = Pools.small().taskTimeout(Duration.ofSeconds(9)).build()) {
			PoolConfiguration configuration = pool.configuration().orElseThrow();
			assertThat(configuration.taskTimeout()).isEqualTo(Duration.ofSeconds(9));
			assertThat(configuration.queueCapacity()).isEqualTo(PoolDefaults.QUEUE_CAPACITY);
			assertThat(configuration.worker().maxHeap()).isEqualTo(48 * 1024 * 1024);
			assertThat(configuration.worker().context()).isEqualTo("none");
			assertThat(configuration.worker().jvmArgs()).contains("-Xshare:auto");
		}
	}

}
