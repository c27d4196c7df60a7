package io.github.processpool.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerState;
import io.github.processpool.benchmarks.calls.Contenders;
import io.github.processpool.benchmarks.calls.Percentiles;
import io.github.processpool.benchmarks.calls.PoolContender;
import io.github.processpool.benchmarks.calls.SpinTask;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Time from the SIGKILL of a busy worker to the failed future, and to a pool that has all
 * its workers again.
 */
final class DeathSection {

	private static final String FAILED = "death to failed future";

	private static final String RESTORED = "death to full strength";

	private static final String INNOCENT = "other tasks that failed too, %";

	private DeathSection() {
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		int kills = options.quick() ? 10 : 100;
		pool(kills, recorder);
		Path script = Options.home().resolve("peers/death_timings.py");
		if (Files.isExecutable(Contenders.PYTHON_EXECUTABLE) && Files.exists(script)) {
			python(script, kills, recorder);
		}
	}

	private static void pool(int kills, Recorder recorder) throws Exception {
		double[] failed = new double[kills];
		double[] restored = new double[kills];
		Path folder = Files.createTempDirectory("bench-death");
		try (PoolContender contender = new PoolContender(Contenders.WORKERS, "--process-pool.worker.context=none")) {
			ProcessPool pool = contender.pool();
			for (int i = 0; i < kills; i++) {
				Path file = folder.resolve("started");
				CompletableFuture<Integer> task = pool.submit(new SpinTask(file.toString()));
				CompletableFuture<Long> failedAt = new CompletableFuture<>();
				task.whenComplete((value, failure) -> {
					if (failure instanceof WorkerCrashedException) {
						failedAt.complete(System.nanoTime());
					}
					else {
						failedAt.completeExceptionally((failure != null) ? failure : new IllegalStateException());
					}
				});
				long pid = awaitPid(file);
				long start = System.nanoTime();
				ProcessHandle.of(pid).orElseThrow().destroyForcibly();
				failed[i] = (failedAt.get(20, TimeUnit.SECONDS) - start) / 1e6;
				awaitWorkers(pool, pid);
				restored[i] = (System.nanoTime() - start) / 1e6;
				Files.delete(file);
			}
		}
		Files.delete(folder);
		record(recorder, PoolContender.NAME, failed, restored, 0);
	}

	private static long awaitPid(Path file) throws IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!Files.exists(file) || Files.size(file) == 0) {
			pause(deadline, "the task has not started");
		}
		return Long.parseLong(Files.readString(file));
	}

	/** Waits until all workers can work, without the dead one. */
	private static void awaitWorkers(ProcessPool pool, long dead) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (pool.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.pid() != dead)
			.filter((worker) -> worker.state() == WorkerState.IDLE || worker.state() == WorkerState.BUSY)
			.count() < Contenders.WORKERS) {
			pause(deadline, "workers are missing: " + pool.snapshot());
		}
	}

	private static void pause(long deadline, String problem) {
		if (System.nanoTime() - deadline > 0) {
			throw new IllegalStateException("After a minute " + problem);
		}
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
	}

	private static void python(Path script, int kills, Recorder recorder) throws IOException {
		Process process = new ProcessBuilder(Contenders.PYTHON_EXECUTABLE.toString(), script.toString(),
				String.valueOf(kills))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Map<String, PythonFigures> pools = new JsonMapper().readValue(process.getInputStream(),
				new TypeReference<Map<String, PythonFigures>>() {
				});
		pools.forEach((name, figures) -> record(recorder, name, figures.failed(), figures.restored(),
				100.0 * figures.innocent() / kills));
	}

	private static void record(Recorder recorder, String name, double[] failed, double[] restored, double innocent) {
		recorder.record(FAILED + ", p50 ms", name, 1, Percentiles.median(failed));
		recorder.record(FAILED + ", p99 ms", name, 1, last(failed));
		recorder.record(RESTORED + ", p50 ms", name, 1, Percentiles.median(restored));
		recorder.record(RESTORED + ", p99 ms", name, 1, last(restored));
		recorder.record(INNOCENT, name, 1, innocent);
	}

	private static double last(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)];
	}

	/**
	 * What the script says of a pool.
	 *
	 * @param failed milliseconds to the failed future
	 * @param restored milliseconds to full strength
	 * @param innocent tasks of other workers that failed too
	 */
	record PythonFigures(double[] failed, double[] restored, int innocent) {

	}

}
