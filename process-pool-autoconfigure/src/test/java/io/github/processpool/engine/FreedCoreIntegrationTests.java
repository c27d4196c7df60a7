package io.github.processpool.engine;

import java.io.IOException;
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
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A task that computes and heeds nothing stops using its core soon after its end, as the
 * kernel counts it. The system property {@code freed-core.rounds} asks for more rounds
 * than a test needs; the times are printed.
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class FreedCoreIntegrationTests {

	private static final Duration GRACE = Duration.ofMillis(300);

	/** The promise is 100 ms, on a machine that is not busy with other tests. */
	private static final Duration BOUND = GRACE.plusSeconds(3);

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final int rounds = Integer.getInteger("freed-core.rounds", 5);

	private final ProcessPool pool = Pools.small().maxSize(1).cancelGrace(GRACE).build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	@Faults("D11")
	void cancelShouldFreeTheCore() throws Exception {
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < this.rounds; i++) {
			Path started = this.directory.resolve("cancelled-" + i);
			CompletableFuture<Double> task = this.pool.submit(Deeds.spin(started));
			long pid = awaitSpinning(started);
			long start = System.nanoTime();
			task.cancel(true);
			millis.add(awaitRest(pid, start));
		}
		report("cancel(true)", millis);
	}

	@Test
	@Faults("D1")
	void timeoutShouldFreeTheCore() throws Exception {
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < this.rounds; i++) {
			Path started = this.directory.resolve("timed-out-" + i);
			CompletableFuture<Double> task = this.pool.submit(Deeds.spin(started),
					TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(500)));
			CompletableFuture<Long> failedAt = new CompletableFuture<>();
			task.whenComplete((value, failure) -> {
				assertThat(failure).isInstanceOf(TaskTimeoutException.class);
				failedAt.complete(System.nanoTime());
			});
			long pid = awaitSpinning(started);
			long start = failedAt.get(20, TimeUnit.SECONDS);
			millis.add(awaitRest(pid, start));
		}
		report("task timeout", millis);
	}

	private static void report(String what, List<Long> millis) {
		Collections.sort(millis);
		System.out.println("| core free after " + what + ", cancel-grace " + GRACE.toMillis() + " ms | " + millis.size()
				+ " times | p50 " + millis.get(millis.size() / 2) + " ms | p99 " + millis.get(millis.size() * 99 / 100)
				+ " ms | max " + millis.get(millis.size() - 1) + " ms |");
		assertThat(millis).allSatisfy((time) -> assertThat(time).isLessThan(BOUND.toMillis()));
	}

	/**
	 * Waits until the task really computes.
	 */
	private static long awaitSpinning(Path started) throws IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!Files.exists(started) || Files.size(started) == 0) {
			pause(deadline, "the task has not begun");
		}
		long pid = Long.parseLong(Files.readString(started));
		long before = ticks(pid);
		while (ticks(pid) < before + 3) {
			pause(deadline, "the task uses no processor: the test proves nothing");
		}
		return pid;
	}

	/**
	 * Waits until the process is gone, for as long as it is there it may use the core.
	 */
	private static long awaitRest(long pid, long start) {
		while (ticks(pid) >= 0) {
			pause(start + BOUND.toNanos(), "worker " + pid + " still uses its core");
		}
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
	}

	private static void pause(long deadline, String problem) {
		assertThat(System.nanoTime() - deadline).as(problem).isNegative();
		LockSupport.parkNanos(STEP_NANOS);
	}

	/**
	 * Processor time that a process has used in user mode, in ticks of the kernel, or -1
	 * if none of its threads runs any more.
	 */
	private static long ticks(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			boolean dead = fields[0].equals("Z") && Integer.parseInt(fields[17]) <= 1;
			return dead ? -1 : Long.parseLong(fields[11]);
		}
		catch (IOException ex) {
			// Gone
			return -1;
		}
	}

}
