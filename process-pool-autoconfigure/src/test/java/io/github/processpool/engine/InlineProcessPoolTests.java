package io.github.processpool.engine;

import java.io.Serializable;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.ProcessTask;
import io.github.processpool.ProcessWorker;
import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.SettingNames;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link InlineProcessPool}.
 */
class InlineProcessPoolTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	/** Tasks are copied, so what they share with a test has to be static. */
	private static CountDownLatch started;

	private static CountDownLatch interrupted;

	private static CountDownLatch release;

	private final LinkedBlockingQueue<TaskEvent> events = new LinkedBlockingQueue<>();

	private final InlineProcessPool pool = pool(Duration.ofSeconds(5), Duration.ZERO);

	private InlineProcessPool pool(Duration shutdownTimeout, Duration taskTimeout) {
		PoolConfig config = PoolConfig.builder("inline", SettingNames.ofPool("inline"))
			.maxSize(1)
			.taskTimeout(taskTimeout)
			.shutdownTimeout(shutdownTimeout)
			.maxPayloadSize(100_000)
			.allow(List.of("io.github.processpool.**"))
			.codec(SerializationCodec.JDK)
			.build();
		return new InlineProcessPool(config, new PoolListener() {

			@Override
			public void taskFinished(TaskEvent event) {
				InlineProcessPoolTests.this.events.add(event);
			}

		});
	}

	@BeforeEach
	void prepare() {
		started = new CountDownLatch(1);
		interrupted = new CountDownLatch(1);
		release = new CountDownLatch(1);
	}

	@AfterEach
	void stop() {
		release.countDown();
		this.pool.close();
	}

	@Test
	void taskShouldRunOnAnotherThreadWithACopyOfItself() throws Exception {
		Box box = new Box();
		ProcessTask<String> task = () -> {
			box.values.add("seen by the copy only");
			return Thread.currentThread().getName();
		};
		assertThat(this.pool.submit(task).get(10, TimeUnit.SECONDS)).startsWith("processpool-inline-inline-");
		assertThat(box.values).isEmpty();
		assertEvent(Outcome.SUCCESS);
	}

	@Test
	void callShouldGetCopiesOfItsArguments() throws Exception {
		Box box = new Box();
		Object result = this.pool.submit(call((arguments) -> {
			((Box) arguments[0]).values.add("inside");
			return arguments[0];
		}, box)).get(10, TimeUnit.SECONDS);
		assertThat(box.values).isEmpty();
		assertThat(((Box) result).values).containsExactly("inside");
	}

	@Test
	void futureOfATaskShouldBeAwaited() {
		assertThat(this.pool.submit(call((arguments) -> CompletableFuture.supplyAsync(() -> "later"))))
			.succeedsWithin(SOON)
			.isEqualTo("later");
		assertThat(this.pool
			.submit(call((arguments) -> CompletableFuture.failedFuture(new IllegalStateException("later")))))
			.failsWithin(SOON)
			.withThrowableOfType(ExecutionException.class)
			.withCauseExactlyInstanceOf(IllegalStateException.class);
	}

	@Test
	void exceptionShouldBeACopyWithTheCallersFramesAtItsEnd() {
		IllegalStateException original = new IllegalStateException("thrown");
		Throwable thrown = catchThrowable(() -> this.pool.submit(call((arguments) -> {
			throw original;
		})).get(10, TimeUnit.SECONDS)).getCause();
		assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class).hasMessage("thrown").isNotSameAs(original);
		assertThat(thrown.getStackTrace()).extracting(StackTraceElement::getMethodName)
			.contains("exceptionShouldBeACopyWithTheCallersFramesAtItsEnd");
		assertEvent(Outcome.ERROR);
	}

	@Test
	void argumentAndResultWhenNotSerializableShouldFail() {
		assertThat(this.pool.submit(call((arguments) -> "never", new Object()))).failsWithin(Duration.ZERO)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(TaskSerializationException.class)
			.withMessageContaining("argument 1");
		assertEvent(Outcome.SERIALIZATION);
		assertThat(this.pool.submit(call((arguments) -> new Object()))).failsWithin(SOON)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(TaskSerializationException.class)
			.withMessageContaining("the result");
		assertEvent(Outcome.SERIALIZATION);
		assertThat(this.pool.submit(call((arguments) -> "never", new byte[200_000]))).failsWithin(SOON)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(TaskSerializationException.class)
			.withMessageContaining("max-payload-size");
	}

	@Test
	void timeoutShouldInterruptTheTask() throws InterruptedException {
		CompletableFuture<?> future = this.pool.submit(call((arguments) -> waitForInterrupt()),
				TaskOptions.defaults().withTaskTimeout(Duration.ofMillis(100)));
		assertThat(future).failsWithin(SOON).withThrowableOfType(ExecutionException.class).satisfies((ex) -> {
			TaskTimeoutException timeout = (TaskTimeoutException) ex.getCause();
			assertThat(timeout.getTimeout()).isEqualTo(Duration.ofMillis(100));
			assertThat(timeout.getThreadDump()).contains("waitForInterrupt");
		});
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		assertEvent(Outcome.TIMEOUT);
	}

	@Test
	void taskShouldKnowTheTimeThatIsLeft() throws Exception {
		BeanCall call = call((arguments) -> ProcessWorker.remainingTime().map(Duration::toNanos).orElse(-1L));
		TaskOptions limited = TaskOptions.defaults().withTaskTimeout(Duration.ofSeconds(60));
		for (int i = 0; i < 20; i++) {
			// The threads are the same, so a limit that stays would be seen
			assertThat((Long) this.pool.submit(call, limited).get(10, TimeUnit.SECONDS))
				.isBetween(Duration.ofSeconds(30).toNanos(), Duration.ofSeconds(60).toNanos());
			assertThat((Long) this.pool.submit(call).get(10, TimeUnit.SECONDS)).isEqualTo(-1);
		}
		assertThat(ProcessWorker.remainingTime()).isEmpty();
	}

	@Test
	void cancelShouldInterruptTheTaskIfAskedTo() throws InterruptedException {
		CompletableFuture<?> future = this.pool.submit(call((arguments) -> waitForInterrupt()));
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(future.cancel(true)).isTrue();
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(future).isCancelled();
		assertEvent(Outcome.CANCELLED);
	}

	@Test
	void cancelWithoutInterruptShouldLeaveTheTaskAlone() throws InterruptedException {
		CompletableFuture<?> future = this.pool.submit(call((arguments) -> waitForInterrupt()));
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(future.cancel(false)).isTrue();
		release.countDown();
		this.pool.stop();
		assertThat(interrupted.getCount()).as("not interrupted").isOne();
	}

	@Test
	void interruptShouldNotReachTheNextTaskOfTheThread() throws Exception {
		for (int i = 0; i < 50; i++) {
			CompletableFuture<?> future = this.pool.submit(call((arguments) -> "quick"));
			future.cancel(true);
			assertThat(this.pool.submit(call((arguments) -> Thread.currentThread().isInterrupted()))
				.get(10, TimeUnit.SECONDS)).isEqualTo(false);
		}
	}

	@Test
	void nestedTaskShouldRunInPlaceAsInAWorker() {
		assertThat(this.pool.submit(call((arguments) -> {
			Object argument = new Object();
			Thread outer = Thread.currentThread();
			return this.pool.submit(call((inner) -> inner[0] == argument && Thread.currentThread() == outer, argument))
				.join();
		}))).succeedsWithin(SOON).isEqualTo(true);
	}

	@Test
	void stopShouldLetTasksEndAndRejectWhatComesLater() throws InterruptedException {
		CompletableFuture<?> running = this.pool.submit(call((arguments) -> waitForInterrupt()));
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		Thread stopper = new Thread(this.pool::stop);
		stopper.start();
		Awaitility.await().atMost(SOON).until(() -> !this.pool.isRunning());
		assertThat(this.pool.submit(call((arguments) -> "late"))).failsWithin(Duration.ZERO)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(ProcessPoolRejectedException.class);
		assertThat(running).isNotDone();
		release.countDown();
		assertThat(running).succeedsWithin(SOON).isEqualTo("released");
		stopper.join(10_000);
		assertThat(stopper.isAlive()).isFalse();
		this.pool.start();
		assertThat(this.pool.submit(call((arguments) -> "again"))).succeedsWithin(SOON).isEqualTo("again");
	}

	@Test
	void stopShouldInterruptWhatDoesNotEndInTime() throws InterruptedException {
		InlineProcessPool impatient = pool(Duration.ofMillis(50), Duration.ZERO);
		CompletableFuture<?> running = impatient.submit(call((arguments) -> waitForInterrupt()));
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		impatient.stop();
		assertThat(catchThrowable(() -> running.get(10, TimeUnit.SECONDS))).isInstanceOf(CancellationException.class);
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void snapshotShouldShowNoWorkers() {
		assertThat(this.pool.snapshot().name()).isEqualTo("inline");
		assertThat(this.pool.snapshot().workers()).isEmpty();
	}

	@Test
	void inPlacePoolShouldRunOnTheCallersThreadWithTheVeryArguments() {
		InPlaceProcessPool inPlace = new InPlaceProcessPool("x");
		Object argument = new Object();
		assertThat(inPlace.submit(call((arguments) -> arguments[0], argument))).succeedsWithin(Duration.ZERO)
			.isSameAs(argument);
		IllegalStateException failure = new IllegalStateException();
		assertThat(catchThrowable(() -> inPlace.submit(call((arguments) -> {
			throw failure;
		})).get())).hasCause(failure);
		inPlace.stop();
		assertThat(inPlace.submit(call((arguments) -> "late"))).isCompletedExceptionally();
		inPlace.start();
		assertThat(inPlace.submit(call((arguments) -> "again"))).isCompletedWithValue("again");
	}

	private void assertEvent(Outcome outcome) {
		try {
			TaskEvent event = this.events.poll(10, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.outcome()).isEqualTo(outcome);
			assertThat(event.pool()).isEqualTo("inline");
			assertThat(this.events).isEmpty();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String waitForInterrupt() throws InterruptedException {
		started.countDown();
		try {
			release.await();
			return "released";
		}
		catch (InterruptedException ex) {
			interrupted.countDown();
			throw ex;
		}
	}

	private static BeanCall call(BeanCall.Local local, Object... arguments) {
		return new BeanCall(new MethodCoordinates("bean", "com.example.Service", "run", "()V"), arguments,
				new Parameter[0], local);
	}

	static class Box implements Serializable {

		private static final long serialVersionUID = 1L;

		final List<String> values = new ArrayList<>();

	}

}
