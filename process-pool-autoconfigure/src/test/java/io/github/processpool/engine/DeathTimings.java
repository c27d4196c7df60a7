package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time from the SIGKILL of a busy worker to the failed future, and to a pool that has all
 * its workers again. Not a test of {@code verify}: see {@code benchmarks/README.md}.
 */
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class DeathTimings {

	private static final int KILLS = Integer.getInteger("timings.kills", 200);

	private static final int WORKERS = 2;

	@TempDir
	private Path directory;

	@Test
	void killOfABusyWorker() throws Exception {
		List<Double> failed = new ArrayList<>();
		List<Double> restored = new ArrayList<>();
		try (ProcessPool pool = Pools.small().coreSize(WORKERS).maxSize(WORKERS).build()) {
			fill(pool);
			for (int i = 0; i < KILLS; i++) {
				Path started = this.directory.resolve("started-" + i);
				CompletableFuture<Double> task = pool.submit(Deeds.spin(started));
				CompletableFuture<Long> failedAt = new CompletableFuture<>();
				task.whenComplete((value, failure) -> {
					assertThat(failure).isInstanceOf(WorkerCrashedException.class);
					failedAt.complete(System.nanoTime());
				});
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.pollInterval(Duration.ofMillis(2))
					.until(() -> Files.exists(started) && Files.size(started) > 0);
				ProcessHandle victim = ProcessHandle.of(Long.parseLong(Files.readString(started))).orElseThrow();
				long start = System.nanoTime();
				victim.destroyForcibly();
				failed.add(millis(failedAt.get(20, TimeUnit.SECONDS) - start));
				awaitStrength(pool, victim.pid());
				restored.add(millis(System.nanoTime() - start));
			}
		}
		print("process-pool: SIGKILL to failed future", failed);
		print("process-pool: SIGKILL to full strength", restored);
	}

	private void fill(ProcessPool pool) throws Exception {
		Path release = this.directory.resolve("release");
		List<CompletableFuture<String>> tasks = new ArrayList<>();
		for (int i = 0; i < WORKERS; i++) {
			tasks.add(pool.submit(Deeds.waitFor(release)));
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> pool.snapshot().workers(WorkerState.BUSY) == WORKERS);
		Files.createFile(release);
		for (CompletableFuture<String> task : tasks) {
			task.get(20, TimeUnit.SECONDS);
		}
	}

	private static void awaitStrength(ProcessPool pool, long dead) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (pool.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.state() == WorkerState.IDLE && worker.pid() != dead)
			.count() < WORKERS) {
			assertThat(System.nanoTime()).isLessThan(deadline);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

	private static void print(String what, List<Double> millis) {
		Collections.sort(millis);
		System.out.printf("| %s | %d kills | p50 %.1f ms | p99 %.1f ms |%n", what, millis.size(),
				millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100));
	}

}
