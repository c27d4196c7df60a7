package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskRetry;
import io.github.processpool.TaskTransfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told of tasks that real workers run.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class TaskEventIntegrationTests {

	@TempDir
	private Path directory;

	private final Heard heard = new Heard(true);

	@Test
	void transferShouldBeMeasured() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).listener(this.heard).build()) {
			byte[] large = new byte[1_000_000];
			assertThat(pool.submit(half(large)).get(20, TimeUnit.SECONDS)).hasSize(500_000);
			TaskEvent event = this.heard.events.get(0);
			TaskTransfer transfer = event.transfer();
			assertThat(transfer.sentBytes()).isBetween(1_000_000L, 1_010_000L);
			assertThat(transfer.receivedBytes()).isBetween(500_000L, 501_000L);
			assertThat(transfer.encode()).isPositive().isLessThan(event.total());
			assertThat(transfer.decode()).isPositive().isLessThan(event.total());
		}
	}

	@Test
	void taskThatCouldNotBeEncodedShouldHaveNoTransfer() throws Exception {
		try (ProcessPool pool = Pools.small().maxPayloadSize(10_000).listener(this.heard).build()) {
			assertThat(pool.submit(half(new byte[20_000]))).isCompletedExceptionally();
			assertThat(this.heard.events).singleElement().satisfies((event) -> {
				assertThat(event.outcome()).isEqualTo(Outcome.SERIALIZATION);
				assertThat(event.transfer()).isNull();
			});
		}
	}

	@Test
	void argumentsShouldCountForEachAttempt() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).listener(this.heard).build()) {
			CompletableFuture<Integer> task = pool.submit(dieFirst(this.directory.resolve("died"), new byte[100_000]),
					TaskOptions.defaults().withIdempotent(2));
			assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo(100_000);
			assertThat(this.heard.retries).singleElement()
				.satisfies((retry) -> assertThat(retry.attempt()).isEqualTo(1));
			TaskEvent event = this.heard.events.get(0);
			assertThat(event.attempts()).isEqualTo(2);
			assertThat(event.transfer().sentBytes()).isBetween(200_000L, 204_000L);
		}
	}

	@Test
	void listenerThatDoesNotHearTasksShouldBeToldOfNone() throws Exception {
		Heard deaf = new Heard(false);
		try (ProcessPool pool = Pools.small().maxSize(1).listener(deaf).build()) {
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		}
		assertThat(deaf.events).isEmpty();
	}

	private static ProcessTask<byte[]> half(byte[] bytes) {
		return () -> new byte[bytes.length / 2];
	}

	private static ProcessTask<Integer> dieFirst(Path marker, byte[] bytes) {
		String path = marker.toString();
		return () -> {
			if (!Files.exists(Path.of(path))) {
				Files.createFile(Path.of(path));
				Runtime.getRuntime().halt(9);
			}
			return bytes.length;
		};
	}

	/**
	 * Notes what it is told.
	 */
	private static final class Heard implements PoolListener {

		private final boolean hearsTasks;

		private final List<TaskEvent> events = new CopyOnWriteArrayList<>();

		private final List<TaskRetry> retries = new CopyOnWriteArrayList<>();

		Heard(boolean hearsTasks) {
			this.hearsTasks = hearsTasks;
		}

		@Override
		public boolean hearsTasks() {
			return this.hearsTasks;
		}

		@Override
		public void taskFinished(TaskEvent event) {
			this.events.add(event);
		}

		@Override
		public void taskRetried(TaskRetry retry) {
			this.retries.add(retry);
		}

	}

}
