package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Callers that wait read their results themselves, whatever becomes of the task, and
 * along with callers that do not wait.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class AwaitedCallsIntegrationTests {

	private final ProcessPool pool = Pools.small()
		.maxSize(1)
		.taskTimeout(Duration.ofSeconds(20))
		.heartbeatTimeout(Duration.ofSeconds(2))
		.build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void callShouldReturnTheResult() throws Exception {
		assertThat(this.pool.call(Deeds.pid())).isEqualTo(becomeDirect());
	}

	@Test
	void failureShouldShowWhereTheCallerWaits() throws Exception {
		becomeDirect();
		assertThatThrownBy(() -> this.pool.call(failing())).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOf(IllegalStateException.class)
			.hasMessage("mine")
			.satisfies((ex) -> assertThat(ex.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().equals(getClass().getName())
						&& frame.getMethodName().contains("failureShouldShowWhereTheCallerWaits")));
	}

	@Test
	void deathOfTheWorkerShouldEndTheCall() throws Exception {
		long pid = becomeDirect();
		Waiting<String> waiting = call(Deeds.sleepUntilInterrupted(started()));
		waiting.awaitReading();
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
		assertThatThrownBy(waiting::get).cause().cause().isInstanceOf(WorkerCrashedException.class);
		assertThat(becomeDirect()).isNotEqualTo(pid);
	}

	@Test
	void frozenWorkerShouldEndTheCall() throws Exception {
		long pid = becomeDirect();
		Waiting<String> waiting = call(Deeds.sleepUntilInterrupted(started()));
		waiting.awaitReading();
		new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
		assertThatThrownBy(waiting::get).cause().cause().isInstanceOf(WorkerCrashedException.class);
		assertThat(becomeDirect()).isNotEqualTo(pid);
	}

	@Test
	void workerKilledWhileIdleShouldGoUnseen() throws Exception {
		for (int i = 0; i < 5; i++) {
			long pid = becomeDirect();
			ProcessHandle.of(pid).orElseThrow().destroyForcibly();
			assertThat(this.pool.call(Deeds.pid())).isNotEqualTo(pid);
		}
	}

	@Test
	void taskTimeoutShouldEndTheCall() throws Exception {
		becomeDirect();
		TaskOptions options = TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(300));
		assertThatThrownBy(() -> this.pool.call(Deeds.spin(started()), options)).cause()
			.isInstanceOf(TaskTimeoutException.class);
		becomeDirect();
	}

	@Test
	void workerOfATaskThatHonoursTheInterruptShouldOutliveATimeout() throws Exception {
		// With less patience than there is between two looks after forgotten workers
		try (ProcessPool calm = Pools.small().maxSize(1).cancelGrace(Duration.ofSeconds(2)).build()) {
			long pid = 0;
			for (int i = 0; i < 20; i++) {
				pid = calm.call(Deeds.pid());
			}
			TaskOptions options = TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(300));
			assertThatThrownBy(() -> calm.call(Deeds.sleepUntilInterrupted(started()), options)).cause()
				.isInstanceOf(TaskTimeoutException.class);
			assertThat(calm.call(Deeds.pid())).isEqualTo(pid);
		}
	}

	@Test
	void interruptShouldEndTheCallAndStopTheTask() throws Exception {
		long pid = becomeDirect();
		Waiting<String> waiting = call(Deeds.sleepUntilInterrupted(started()));
		waiting.awaitReading();
		waiting.thread.interrupt();
		assertThatThrownBy(waiting::get).cause().isInstanceOf(InterruptedException.class);
		Awaitility.await().until(() -> this.pool.snapshot().workers(WorkerState.IDLE) == 1);
		assertThat(becomeDirect()).isEqualTo(pid);
	}

	@Test
	void stopOfThePoolShouldEndTheCall() throws Exception {
		becomeDirect();
		Waiting<Double> waiting = call(Deeds.spin(started()));
		waiting.awaitReading();
		this.pool.close();
		assertThatThrownBy(waiting::get).cause().isInstanceOf(CancellationException.class);
	}

	@Test
	void taskSentMeanwhileShouldNotWaitForTheCaller() throws Exception {
		becomeDirect();
		Path file = this.directory.resolve("go");
		Waiting<String> waiting = call(Deeds.waitFor(file));
		waiting.awaitReading();
		CompletableFuture<Long> next = this.pool.submit(Deeds.pid());
		Files.createFile(file);
		assertThat(waiting.get()).isEqualTo("released");
		assertThat(next.get(5, TimeUnit.SECONDS)).isPositive();
	}

	@Test
	void submittedTaskShouldNeedNobodyToWait() throws Exception {
		for (int i = 0; i < 50; i++) {
			becomeDirect();
			Path file = this.directory.resolve("done" + i);
			String path = file.toString();
			this.pool.submit(() -> Files.createFile(Path.of(path)).toString())
				.thenAccept((done) -> file.toFile().deleteOnExit());
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> Files.exists(file));
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.atMost(Duration.ofSeconds(1))
				.until(() -> this.pool.snapshot().workers(WorkerState.IDLE) == 1);
		}
	}

	@Test
	void forkJoinThreadShouldWaitInItsOwnWay() throws Exception {
		long pid = becomeDirect();
		ForkJoinPool threads = new ForkJoinPool(1);
		try {
			Callable<Long> call = () -> this.pool.call(Deeds.pid());
			assertThat(threads.submit(call).get(5, TimeUnit.SECONDS)).isEqualTo(pid);
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void manyWhoWaitAndManyWhoDoNotShouldEachGetTheirResult() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(6);
		try (ProcessPool two = Pools.small().maxSize(2).queueCapacity(10_000).build()) {
			List<Future<?>> all = new ArrayList<>();
			for (int thread = 0; thread < 6; thread++) {
				int base = thread * 1_000_000;
				boolean waits = thread % 3 != 0;
				all.add(threads.submit(() -> {
					for (int i = 0; i < 2000; i++) {
						int number = base + i;
						// Alone at times, so that both ways of reading alternate
						ProcessTask<Integer> task = () -> number;
						int result = waits ? two.call(task) : two.submit(task).get();
						assertThat(result).isEqualTo(number);
					}
					return null;
				}));
			}
			for (Future<?> one : all) {
				one.get(50, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Makes enough calls for the next one to read its own result.
	 */
	private long becomeDirect() throws Exception {
		long pid = 0;
		for (int i = 0; i < 20; i++) {
			pid = this.pool.call(Deeds.pid());
		}
		return pid;
	}

	private Path started() {
		return this.directory.resolve("started");
	}

	private <T> Waiting<T> call(ProcessTask<T> task) {
		return new Waiting<>(() -> this.pool.call(task));
	}

	private static ProcessTask<Integer> failing() {
		return () -> {
			throw new IllegalStateException("mine");
		};
	}

	/**
	 * A thread that waits for a call.
	 */
	private static final class Waiting<T> {

		private final FutureTask<T> result;

		private final Thread thread;

		Waiting(Callable<T> call) {
			this.result = new FutureTask<>(call);
			this.thread = new Thread(this.result, "caller");
			this.thread.start();
		}

		/**
		 * Without this, a test would prove nothing.
		 */
		void awaitReading() {
			Awaitility.await("caller reads")
				.until(() -> Arrays.stream(this.thread.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().equals(ResultReader.class.getName())));
		}

		T get() throws Exception {
			return this.result.get(20, TimeUnit.SECONDS);
		}

	}

}
