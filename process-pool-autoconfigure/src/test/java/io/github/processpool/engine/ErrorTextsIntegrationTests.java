package io.github.processpool.engine;

import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerStartException;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.SettingNames;
import io.github.processpool.worker.WorkerRuntime;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what the users of a pool read when something is wrong with their tasks.
 */
@Timeout(120)
@ExtendWith({ NothingLeftBehind.class, OutputCaptureExtension.class })
class ErrorTextsIntegrationTests {

	private static final String LAMBDA = "Task 'ErrorTextsIntegrationTests.lambda'";

	@TempDir
	Path directory;

	@Test
	void valuesThatCannotCrossShouldBeNamedAlikeOnBothSides() throws Exception {
		try (ProcessPool pool = Pools.small()
			.maxSize(1)
			.maxPayloadSize(500_000)
			.codec(SerializationCodec.JDK)
			.build()) {
			assertThat(refusal(pool.submit(() -> new ArrayList<Object>(List.of("a", new Object())))))
				.hasMessage(LAMBDA + ": the result cannot be sent: java.lang.Object is not Serializable (result[1])."
						+ " Make it Serializable, or pass a value that is.");
			assertThat(refusal(pool.submit(Object::new, TaskOptions.defaults().withDescription("report 7"))))
				.hasMessageStartingWith("Task 'report 7': the result cannot be sent: java.lang.Object");
			List<Object> items = new ArrayList<>(List.of("a", new Object()));
			assertThat(refusal(pool.submit(() -> items.size())))
				.hasMessage(LAMBDA + ": the task itself cannot be sent: java.lang.Object is not Serializable "
						+ "(task.captured[0][1]). Make it Serializable, or pass a value that is.");
			java.awt.Point point = new java.awt.Point();
			assertThat(refusal(pool.submit(() -> point.x)))
				.hasMessage(LAMBDA + ": the task itself cannot be sent: java.awt.Point is refused by the filter"
						+ " (task.captured[0]). Add it to 'ProcessPool.Builder.allow' if it may be sent.");
			assertThat(refusal(pool.submit(new Trap()::touch))).hasMessage(LAMBDA
					+ ": the task itself cannot be read: that failed with" + " java.lang.IllegalStateException: trap");
			assertThat(refusal(pool.submit(() -> new byte[600_000])))
				.hasMessage(LAMBDA + ": the result does not fit into 500000 bytes."
						+ " Raise 'ProcessPool.Builder.maxPayloadSize', or send less.");
		}
	}

	@Test
	void resultThatTheWorkerMayNotSendShouldBeNamed() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).codec(SerializationCodec.FORY).build()) {
			assertThat(refusal(pool.submit(() -> new ArrayList<Object>(List.of("a", new java.awt.Point())))))
				.hasMessage(LAMBDA + ": the result cannot be sent: java.awt.Point is refused by the filter (result[1])."
						+ " Add it to 'ProcessPool.Builder.allow' if it may be sent.");
		}
	}

	@Test
	void waitsThatAreTooLongShouldNameTheirLimit() throws Exception {
		try (ProcessPool pool = Pools.small()
			.maxSize(1)
			.queueCapacity(1)
			.queueTimeout(Duration.ofMillis(300))
			.taskTimeout(Duration.ofSeconds(30))
			.build()) {
			CompletableFuture<String> first = pool.submit(Deeds.waitFor(this.directory.resolve("release")),
					TaskOptions.defaults().withQueueTimeout(Duration.ZERO));
			String facts = " \\(workers=1/1, busy=[01], starting=[01], queued=[12]\\)\\. Raise ";
			CompletableFuture<Long> waiting = pool.submit(Deeds.pid());
			assertThat(rejection(pool.submit(Deeds.pid())))
				.hasMessageMatching("Task 'Deeds.lambda' is rejected by pool" + " 'test': its queue of 1 tasks is full"
						+ facts + "'ProcessPool.Builder.queueCapacity' or 'ProcessPool.Builder.maxSize'");
			assertThat(rejection(waiting)).hasMessageMatching("Task 'Deeds.lambda' waited for a worker of pool 'test'"
					+ " for longer than its queue timeout of 300 ms" + facts
					+ "'ProcessPool.Builder.queueTimeout' or 'ProcessPool.Builder.maxSize'");
			assertThat(rejection(
					pool.submit(Deeds.pid(), TaskOptions.defaults().withQueueTimeout(Duration.ofMillis(200)))))
				.hasMessageMatching("(?s)Task 'Deeds.lambda' waited .* of 200 ms" + facts
						+ "'queueTimeout' of its TaskOptions or 'ProcessPool.Builder.maxSize'");
			Files.createFile(this.directory.resolve("release"));
			assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("released");
			assertThat(failure(TaskTimeoutException.class,
					pool.submit(Deeds.waitFor(this.directory.resolve("never")),
							TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(200)))))
				.hasMessageMatching("(?s)Task 'Deeds.lambda' ran for longer than 200 ms on worker 1 of pool 'test'"
						+ " \\(pid \\d+\\) and is stopped\\. Raise 'taskTimeout' of its TaskOptions if it needs more"
						+ " time.*");
		}
	}

	@Test
	void limitOfANamedPoolShouldBeNamedByItsProperty(CapturedOutput output) throws Exception {
		Logger undertaker = (Logger) LoggerFactory.getLogger(Undertaker.class);
		undertaker.setLevel(Level.WARN);
		try (ManagedPool pool = pool("reports", ExitingRuntime.class.getName(), Duration.ofMillis(50))) {
			assertThat(failure(WorkerStartException.class, pool.submit(Deeds.pid())))
				.hasMessageStartingWith("A worker of pool 'reports' could not be started: it was not ready for tasks"
						+ " within 50 ms. Raise 'process-pool.pools.reports.startup-timeout' if its start takes that"
						+ " long");
			Awaitility.await()
				.untilAsserted(() -> assertThat(output.getAll())
					.contains("pool reports: worker 1: A worker of pool 'reports' could not be started: it was not"));
		}
		finally {
			undertaker.setLevel(null);
		}
	}

	@Test
	void exitBeforeTheContextShouldNameWhoCalledIt() throws Exception {
		try (ManagedPool pool = pool("reports", ExitingRuntime.class.getName(), Duration.ofSeconds(60))) {
			assertThat(failure(WorkerStartException.class, pool.submit(Deeds.pid()))).hasMessageMatching(
					"Worker reports-1 could not build what its tasks run in: \\Q" + ExitingRuntime.class.getName()
							+ "\\E.main \\(ErrorTextsIntegrationTests.java:\\d+\\) called System.exit before the"
							+ " context of the worker was there. A worker runs main up to the context: let main skip"
							+ " that where io.github.processpool.ProcessWorker.isActive\\(\\)");
		}
	}

	private static ManagedPool pool(String name, String runtime, Duration startupTimeout) {
		WorkerConfig worker = WorkerConfig.builder()
			.runtime(runtime, RuntimeSetup.of(() -> new byte[0]))
			.maxHeap(48 * 1024 * 1024)
			.jvmArgs(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"))
			.warmStart(false)
			.build();
		PoolConfig config = PoolConfig.builder(name, SettingNames.ofPool(name))
			.maxSize(1)
			.startupTimeout(startupTimeout)
			.shutdownTimeout(Duration.ofSeconds(5))
			.cancelGrace(Duration.ofMillis(300))
			.allow(List.of("io.github.processpool.**"))
			.codec(SerializationCodec.JDK)
			.worker(worker)
			.build();
		return new DefaultProcessPool(config, new PoolListener() {
		});
	}

	private static TaskSerializationException refusal(CompletableFuture<?> future) throws Exception {
		return failure(TaskSerializationException.class, future);
	}

	private static ProcessPoolRejectedException rejection(CompletableFuture<?> future) throws Exception {
		return failure(ProcessPoolRejectedException.class, future);
	}

	private static <T extends Throwable> T failure(Class<T> type, CompletableFuture<?> future) throws Exception {
		ExecutionException failure = catchThrowableOfType(ExecutionException.class,
				() -> future.get(60, TimeUnit.SECONDS));
		assertThat(failure).isNotNull();
		assertThat(failure.getCause()).isInstanceOf(type);
		return type.cast(failure.getCause());
	}

	/**
	 * Cannot be read.
	 */
	static final class Trap implements Serializable {

		private static final long serialVersionUID = 1L;

		int touch() {
			return 1;
		}

		private void readObject(ObjectInputStream in) {
			throw new IllegalStateException("trap");
		}

	}

	/**
	 * Its start ends the JVM as an application's main method may.
	 */
	public static final class ExitingRuntime implements WorkerRuntime {

		@Override
		public void start(byte[] settings) {
			main();
		}

		private static void main() {
			System.exit(0);
		}

		@Override
		public ClassLoader classLoader() {
			return getClass().getClassLoader();
		}

		@Override
		public @Nullable Object invoke(MethodCoordinates target, @Nullable Object[] arguments) {
			return null;
		}

		@Override
		public void close() {
		}

	}

}
