package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStatistics;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the parent learns of its workers.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
@EnabledOnOs(OS.LINUX)
class HeartbeatIntegrationTests {

	private static final long MEGABYTE = 1024 * 1024;

	@TempDir
	private Path directory;

	private final Heard heard = new Heard();

	@Test
	void idleWorkerShouldTellOfItself() throws Exception {
		try (ProcessPool pool = beating().build()) {
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			Awaitility.await().until(() -> statistics(pool) != null);
			WorkerStatistics statistics = statistics(pool);
			assertThat(statistics.residentBytes()).isBetween(15 * MEGABYTE, 400 * MEGABYTE);
			assertThat(statistics.heapUsed()).isBetween(MEGABYTE / 2, 48 * MEGABYTE);
			assertThat(statistics.heapMax()).isBetween(40 * MEGABYTE, 48 * MEGABYTE);
			assertThat(statistics.heapCommitted()).isBetween(statistics.heapUsed(), statistics.heapMax());
			assertThat(statistics.cpuTime()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(20));
			assertThat(statistics.threads()).isBetween(5, 50);
		}
	}

	@Test
	void spinningWorkerShouldTellOfItsCpuTime() throws Exception {
		try (ProcessPool pool = beating().build()) {
			CompletableFuture<Double> spinning = pool.submit(Deeds.spin(this.directory.resolve("started")));
			Awaitility.await().until(() -> statistics(pool) != null);
			Duration before = statistics(pool).cpuTime();
			Awaitility.await().until(() -> statistics(pool).cpuTime().compareTo(before.plusMillis(200)) > 0);
			assertThat(spinning).isNotDone();
			spinning.cancel(true);
		}
	}

	@Test
	void listenerShouldHearOfWorkersUntilTheyEnd() throws Exception {
		ProcessPool pool = beating().build();
		try (pool) {
			pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			Awaitility.await().until(() -> this.heard.events.size() > 2);
		}
		int size = this.heard.events.size();
		assertThat(this.heard.events.get(size - 1)).isInstanceOf(WorkerExit.class);
		assertThat(this.heard.events.subList(0, size - 1)).allSatisfy((event) -> {
			assertThat(event).isInstanceOf(WorkerSnapshot.class);
			assertThat(((WorkerSnapshot) event).statistics()).isNotNull();
		});
		// The last word of a worker that is told to stop
		assertThat(((WorkerSnapshot) this.heard.events.get(size - 2)).state().name()).isEqualTo("RETIRING");
	}

	@Test
	void heartbeatsShouldBeRareWhateverElseIsLookedAfter() throws Exception {
		try (ProcessPool pool = Pools.small().keepAlive(Duration.ofMillis(100)).listener(this.heard).build()) {
			CompletableFuture<String> task = pool.submit(Deeds.waitFor(this.directory.resolve("release")));
			Awaitility.await().until(() -> !this.heard.events.isEmpty());
			Awaitility.await()
				.pollDelay(Duration.ofSeconds(2))
				.atMost(Duration.ofSeconds(3))
				.until(() -> this.heard.events.size() == 1);
			Files.createFile(this.directory.resolve("release"));
			task.get(20, TimeUnit.SECONDS);
		}
	}

	private ProcessPool.Builder beating() {
		return Pools.small().maxSize(1).heartbeatTimeout(Duration.ofSeconds(2)).listener(this.heard);
	}

	private static WorkerStatistics statistics(ProcessPool pool) {
		return pool.snapshot().workers().get(0).statistics();
	}

	/**
	 * Notes what it is told.
	 */
	private static final class Heard implements PoolListener {

		private final List<Object> events = new CopyOnWriteArrayList<>();

		@Override
		public void heartbeat(String pool, WorkerSnapshot worker) {
			this.events.add(worker);
		}

		@Override
		public void workerExited(String pool, WorkerExit exit) {
			this.events.add(exit);
		}

	}

}
