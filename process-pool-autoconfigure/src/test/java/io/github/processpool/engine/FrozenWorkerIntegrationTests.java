package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.ProcessTask;
import io.github.processpool.WorkerCrashedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Workers that are stopped by SIGSTOP: they neither read nor answer nor die.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class FrozenWorkerIntegrationTests {

	private static final int LARGE = 32 * 1024 * 1024;

	private final ProcessPool pool = Pools.small()
		.maxSize(1)
		.maxHeap(160 * 1024 * 1024)
		.queueBytes(LARGE + 1_000_000)
		.heartbeatTimeout(Duration.ofSeconds(2))
		.build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	@Faults("B15")
	void frozenIdleWorkerShouldBeReplacedUnseen() throws Exception {
		long frozen = pid();
		freeze(frozen);
		assertThat(pid()).isNotEqualTo(frozen);
		assertThat(this.pool.snapshot().lastExits().get(0).reason()).isEqualTo(ExitReason.UNRESPONSIVE);
	}

	@Test
	@Faults("B15")
	void workerFrozenInATaskShouldFailIt() throws Exception {
		// A task that had only been sent would run again, unseen
		Path started = this.directory.resolve("started");
		CompletableFuture<String> task = this.pool.submit(Deeds.sleepUntilInterrupted(started));
		Awaitility.await().until(() -> Files.exists(started));
		freeze(this.pool.snapshot().workers().get(0).pid());
		assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).cause()
			.isInstanceOf(WorkerCrashedException.class)
			.hasMessageContaining("stopped answering");
		assertThat(pid()).isPositive();
	}

	@Test
	@Faults({ "B15", "F12" })
	void largePayloadToAFrozenWorkerShouldBlockNobodyAndArriveElsewhere() throws Exception {
		long frozen = pid();
		freeze(frozen);
		byte[] large = new byte[LARGE];
		large[LARGE - 1] = 42;
		long start = System.nanoTime();
		CompletableFuture<Integer> task = this.pool.submit(last(large));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo(42);
		assertThat(pid()).isNotEqualTo(frozen);
	}

	@Test
	@Faults({ "G7", "G8" })
	void bytesThatWaitShouldBeBounded() throws Exception {
		freeze(pid());
		List<CompletableFuture<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			tasks.add(this.pool.submit(last(new byte[LARGE])));
		}
		assertThat(tasks.get(3)).isCompletedExceptionally();
		assertThatThrownBy(() -> tasks.get(3).get(1, TimeUnit.SECONDS)).cause()
			.isInstanceOf(ProcessPoolRejectedException.class)
			.hasMessageContaining("ProcessPool.Builder.queueBytes");
		assertThat(tasks.get(0).get(30, TimeUnit.SECONDS)).isZero();
		assertThat(tasks.get(1).get(30, TimeUnit.SECONDS)).isZero();
	}

	private static ProcessTask<Integer> last(byte[] bytes) {
		return () -> (int) bytes[bytes.length - 1];
	}

	private long pid() throws Exception {
		return this.pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
	}

	private static void freeze(long pid) throws Exception {
		assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
		Path status = Path.of("/proc", Long.toString(pid), "stat");
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> Files.readString(status).contains(") T "));
	}

}
