package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.ProcessWorker;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a task in a worker knows of the time that it has left.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class RemainingTimeIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void taskAndItsThreadsShouldKnowTheTimeThatIsLeft() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).build()) {
			TaskOptions options = TaskOptions.defaults().withTaskTimeout(Duration.ofSeconds(20));
			long[] nanos = pool.submit(readTwice(), options).get(20, TimeUnit.SECONDS);
			long all = Duration.ofSeconds(20).toNanos();
			assertThat(nanos[0]).isBetween(all - Duration.ofSeconds(10).toNanos(), all);
			assertThat(nanos[0] - nanos[1]).isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
			assertThat(pool.submit(read()).get(20, TimeUnit.SECONDS)).as("the next task has no limit").isEqualTo(-1);
		}
	}

	@Test
	void timeoutOfThePoolShouldCount() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).taskTimeout(Duration.ofSeconds(30)).build()) {
			assertThat(pool.submit(read()).get(20, TimeUnit.SECONDS)).isBetween(1L, Duration.ofSeconds(30).toNanos());
		}
	}

	@Test
	void timeShouldNeverBeNegative() throws Exception {
		Path file = this.directory.resolve("left");
		try (ProcessPool pool = Pools.small().maxSize(1).cancelGrace(Duration.ofSeconds(20)).build()) {
			CompletableFuture<Long> task = pool.submit(overrun(file),
					TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(100)));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> task.get(20, TimeUnit.SECONDS))
				.withCauseInstanceOf(TaskTimeoutException.class);
			Awaitility.await().until(() -> Files.exists(file) && Files.size(file) > 0);
			assertThat(Files.readString(file)).isEqualTo("0");
		}
	}

	@Test
	void thereShouldBeNoneOutsideOfTasks() {
		assertThat(ProcessWorker.remainingTime()).isEmpty();
	}

	private static ProcessTask<Long> read() {
		return () -> ProcessWorker.remainingTime().map(Duration::toNanos).orElse(-1L);
	}

	private static ProcessTask<long[]> readTwice() {
		return () -> {
			long first = ProcessWorker.remainingTime().orElseThrow().toNanos();
			Thread.sleep(30);
			CompletableFuture<Optional<Duration>> second = new CompletableFuture<>();
			new Thread(() -> second.complete(ProcessWorker.remainingTime())).start();
			return new long[] { first, second.get().orElseThrow().toNanos() };
		};
	}

	/** Works on until its time is over, whatever it is told. */
	private static ProcessTask<Long> overrun(Path file) {
		String path = file.toString();
		return () -> {
			long begun = System.nanoTime();
			while (System.nanoTime() - begun < Duration.ofMillis(200).toNanos()) {
				Thread.onSpinWait();
			}
			Duration left = ProcessWorker.remainingTime().orElseThrow();
			// Writing would fail while the interrupt is pending
			Thread.interrupted();
			Files.writeString(Path.of(path), Long.toString(left.toNanos()));
			return left.toNanos();
		};
	}

}
