package io.github.processpool.aop;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPoolException;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.WorkerStartException;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.interceptor.SimpleAsyncUncaughtExceptionHandler;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.AsyncConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who gets what: callers, futures and the handler of uncaught exceptions.
 */
class DeferToProcessInterceptorTests {

	private final ScriptedPool pool = new ScriptedPool("default");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class))
		.withBean("processPool", ScriptedPool.class, () -> this.pool)
		.withBean("handler", RecordingConfigurer.class, RecordingConfigurer::new)
		.withBean("bean", Bean.class, Bean::new);

	@Test
	void futureShouldBeThatOfThePool() {
		CompletableFuture<String> future = new CompletableFuture<>();
		this.pool.answer(future);
		with((bean, uncaught) -> {
			assertThat(bean.completable()).isSameAs(future);
			assertThat(bean.stage()).isSameAs(future);
			assertThat(bean.future()).isSameAs(future);
			assertThat(uncaught).isEmpty();
		});
	}

	@Test
	void futureShouldFailAndTheCallNotThrow() {
		ProcessPoolRejectedException rejection = new ProcessPoolRejectedException("full");
		this.pool.answer(CompletableFuture.failedFuture(rejection));
		with((bean, uncaught) -> {
			assertThat(bean.completable()).isCompletedExceptionally();
			assertThat(failureOf(bean.stage().toCompletableFuture())).isSameAs(rejection);
			assertThat(failureOf((CompletableFuture<?>) bean.future())).isSameAs(rejection);
			assertThat(uncaught).isEmpty();
		});
	}

	@Test
	void valueShouldBeReturned() {
		this.pool.answer(CompletableFuture.completedFuture("v"));
		with((bean, uncaught) -> assertThat(bean.value()).isEqualTo("v"));
	}

	@Test
	void valueShouldBeUnboxedAndMayBeNull() {
		with((bean, uncaught) -> {
			this.pool.answer(CompletableFuture.completedFuture(42));
			assertThat(bean.primitive()).isEqualTo(42);
			this.pool.answer(CompletableFuture.completedFuture(null));
			assertThat(bean.boxedVoid()).isNull();
			assertThat(this.pool.calls()).hasSize(2);
		});
	}

	static List<Throwable> failures() {
		return List.of(new IllegalStateException("unchecked"), new IOException("declared"),
				new StackOverflowError("error"), new ProcessPoolRejectedException("full"),
				new TaskSerializationException("no"), new CancellationException("cancelled"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void valueWhenTaskFailsShouldThrowThatVeryException(Throwable failure) {
		this.pool.answer(CompletableFuture.failedFuture(failure));
		with((bean, uncaught) -> {
			Throwable thrown = catchAny(bean::throwing);
			assertThat(thrown).isSameAs(failure);
			assertThat(uncaught).isEmpty();
		});
	}

	@Test
	void valueWhenCallerIsInterruptedShouldCancelTheTaskAndThrowAsDeclared() {
		with((bean, uncaught) -> {
			Interrupted result = interruptWhileWaiting(bean::interruptible);
			assertThat(result.thrown()).isExactlyInstanceOf(InterruptedException.class);
			assertThat(result.flag()).isFalse();
		});
	}

	@Test
	void valueWhenCallerIsInterruptedAndNothingDeclaredShouldRestoreTheFlag() {
		with((bean, uncaught) -> {
			Interrupted result = interruptWhileWaiting(bean::value);
			assertThat(result.thrown()).isExactlyInstanceOf(ProcessPoolException.class)
				.hasMessageContaining("Bean.value()")
				.hasMessageContaining("interrupted")
				.hasCauseInstanceOf(InterruptedException.class);
			assertThat(result.flag()).isTrue();
		});
	}

	private Interrupted interruptWhileWaiting(Call call) throws Exception {
		MayInterrupt future = new MayInterrupt();
		CountDownLatch submitted = new CountDownLatch(1);
		this.pool.answer((task) -> {
			submitted.countDown();
			return future;
		});
		AtomicReference<Interrupted> result = new AtomicReference<>();
		Thread caller = new Thread(
				() -> result.set(new Interrupted(catchAny(call), Thread.currentThread().isInterrupted())));
		caller.start();
		assertThat(submitted.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(result.get()).as("the caller waits").isNull();
		caller.interrupt();
		caller.join(5000);
		assertThat(future.isCancelled()).isTrue();
		assertThat(future.mayInterrupt).isTrue();
		return result.get();
	}

	@Test
	void voidShouldNotWait() {
		CompletableFuture<Void> future = new CompletableFuture<>();
		this.pool.answer(future);
		with((bean, uncaught) -> {
			bean.nothing("x");
			assertThat(future).isNotDone();
			future.complete(null);
			assertThat(uncaught).isEmpty();
		});
	}

	static List<Throwable> refusals() {
		return List.of(new ProcessPoolRejectedException("full"), new TaskSerializationException("argument"),
				new WorkerStartException("cannot"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void voidWhenRefusedAtOnceShouldThrowInTheCaller(Throwable refusal) {
		this.pool.answer(CompletableFuture.failedFuture(refusal));
		with((bean, uncaught) -> {
			assertThat(catchAny(() -> bean.nothing("x"))).isSameAs(refusal);
			assertThat(uncaught).isEmpty();
		});
	}

	@Test
	void voidWhenFailingLaterShouldTellTheHandlerOnce() {
		CompletableFuture<Void> future = new CompletableFuture<>();
		this.pool.answer(future);
		with((bean, uncaught) -> {
			bean.nothing("x");
			ProcessPoolRejectedException failure = new ProcessPoolRejectedException("queue timeout");
			future.completeExceptionally(failure);
			assertThat(uncaught).containsExactly("queue timeout in nothing [x]");
		});
	}

	@Test
	void voidWhenTaskHasFailedAlreadyShouldTellTheHandlerAndNotThrow() {
		this.pool.answer(CompletableFuture.failedFuture(new IllegalStateException("thrown by the method")));
		with((bean, uncaught) -> {
			bean.nothing("x");
			assertThat(uncaught).containsExactly("thrown by the method in nothing [x]");
		});
	}

	@Test
	void voidWhenHandlerFailsShouldNotHarmAnybody() {
		CompletableFuture<Void> future = new CompletableFuture<>();
		this.pool.answer(future);
		with((bean, uncaught) -> {
			bean.nothing("broken");
			assertThat(future.completeExceptionally(new IllegalStateException("x"))).isTrue();
		});
	}

	@Test
	void handlerWhenApplicationHasNoneShouldBeThatOfSpring() {
		assertThat(handlerOf(new ApplicationContextRunner())).isInstanceOf(SimpleAsyncUncaughtExceptionHandler.class);
		assertThat(
				handlerOf(new ApplicationContextRunner().withBean(AsyncConfigurer.class, () -> new AsyncConfigurer() {
				})))
			.isInstanceOf(SimpleAsyncUncaughtExceptionHandler.class);
	}

	private static AsyncUncaughtExceptionHandler handlerOf(ApplicationContextRunner runner) {
		AtomicReference<AsyncUncaughtExceptionHandler> handler = new AtomicReference<>();
		runner.run(
				(context) -> handler.set(new UncaughtExceptions(context.getBeanProvider(AsyncConfigurer.class)).get()));
		return handler.get();
	}

	@Test
	void selfInvocationShouldNotBeDeferred() {
		this.pool.answer(CompletableFuture.completedFuture("deferred"));
		with((bean, uncaught) -> {
			assertThat(bean.callsItself()).isEqualTo("here");
			assertThat(this.pool.calls()).isEmpty();
		});
	}

	private static Throwable failureOf(CompletableFuture<?> future) {
		return future.handle((result, ex) -> ex).join();
	}

	private void with(ContextTest test) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			test.run(context.getBean(Bean.class), context.getBean(RecordingConfigurer.class).uncaught);
		});
	}

	private static Throwable catchAny(Call call) {
		try {
			call.run();
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	interface ContextTest {

		void run(Bean bean, List<String> uncaught) throws Exception;

	}

	interface Call {

		void run() throws Throwable;

	}

	record Interrupted(Throwable thrown, boolean flag) {

	}

	static class MayInterrupt extends CompletableFuture<Object> {

		volatile boolean mayInterrupt;

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			this.mayInterrupt = mayInterruptIfRunning;
			return super.cancel(mayInterruptIfRunning);
		}

	}

	static class RecordingConfigurer implements AsyncConfigurer {

		final List<String> uncaught = new ArrayList<>();

		@Override
		public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
			return this::handle;
		}

		private void handle(Throwable failure, Method method, Object... arguments) {
			if (List.of(arguments).contains("broken")) {
				throw new IllegalArgumentException("handler");
			}
			this.uncaught.add(failure.getMessage() + " in " + method.getName() + " " + List.of(arguments));
		}

	}

	static class Bean {

		@DeferToProcess
		public CompletableFuture<String> completable() {
			return CompletableFuture.completedFuture("here");
		}

		@DeferToProcess
		public CompletionStage<String> stage() {
			return completable();
		}

		@DeferToProcess
		public Future<String> future() {
			return completable();
		}

		@DeferToProcess
		public String value() {
			return "here";
		}

		@DeferToProcess
		public int primitive() {
			return 0;
		}

		@DeferToProcess
		public Void boxedVoid() {
			return null;
		}

		@DeferToProcess
		public String throwing() throws IOException {
			return "here";
		}

		@DeferToProcess
		public String interruptible() throws InterruptedException {
			return "here";
		}

		@DeferToProcess
		public void nothing(String argument) {
		}

		public String callsItself() {
			return value();
		}

	}

}
