package io.github.processpool.aop;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.ProcessWorker;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for deferred methods of real beans, called in real workers.
 */
@SpringBootTest(properties = { "process-pool.max-size=1", "process-pool.worker.max-heap=96MB",
		"process-pool.shutdown-timeout=5s" })
@DirtiesContext
class DeferToProcessIntegrationTests {

	private static final long HERE = ProcessHandle.current().pid();

	@Autowired
	private Places places;

	@Autowired
	private OnClass onClass;

	@Autowired
	private Converter<String> converter;

	@Autowired
	private Twin first;

	@Autowired
	private Twin second;

	@Autowired
	private Returns returns;

	@Autowired
	private Failures failures;

	@Autowired
	private RecordingHandler handler;

	@Autowired
	private ProcessPools pools;

	@Test
	void methodWhereverAnnotatedShouldRunInAWorker() {
		assertThat(this.places.onMethod()).isNotEqualTo(HERE);
		assertThat(this.places.onMeta()).isNotEqualTo(HERE);
		assertThat(this.places.packagePrivate()).isNotEqualTo(HERE);
		assertThat(this.places.local()).isEqualTo(HERE);
		assertThat(this.onClass.any()).isNotEqualTo(HERE);
		assertThat(this.onClass.toString()).isEqualTo("on class " + HERE);
	}

	@Test
	void overloadsShouldBeToldApartInTheWorker() {
		assertThat(this.places.overloaded("x")).isEqualTo("string");
		assertThat(this.places.overloaded(1)).isEqualTo("int");
		assertThat(this.places.overloaded(List.of(1))).isEqualTo("list");
	}

	@Test
	void genericMethodOfAnInterfaceShouldRunInAWorker() {
		assertThat(AopUtils.isCglibProxy(this.converter)).isTrue();
		assertThat(this.converter.convert("a")).startsWith("A ").doesNotEndWith(" " + HERE);
		assertThat(this.converter.defaulted()).isNotEqualTo(HERE);
	}

	@Test
	void beanInTheWorkerShouldBeTheTwinOfTheSameName() {
		assertThat(this.first.name()).startsWith("first ").doesNotEndWith(" " + HERE);
		assertThat(this.second.name()).startsWith("second ").doesNotEndWith(" " + HERE);
	}

	@Test
	void nestedCallShouldRunInPlace() {
		String[] pids = this.places.nested().split(" ");
		assertThat(pids[0]).isEqualTo(pids[1]).isNotEqualTo(String.valueOf(HERE));
		assertThat(pids[2]).as("submitted to the pool of the worker").isEqualTo(pids[0]);
	}

	@Test
	void everyReturnTypeShouldGetTheResult() throws Exception {
		assertThat(this.returns.completable().get(30, TimeUnit.SECONDS)).isNotEqualTo(HERE);
		assertThat(this.returns.stage().toCompletableFuture().get(30, TimeUnit.SECONDS)).isNotEqualTo(HERE);
		assertThat(this.returns.future().get(30, TimeUnit.SECONDS)).isNotEqualTo(HERE);
		assertThat(this.returns.late().get(30, TimeUnit.SECONDS)).isEqualTo("late");
		assertThat(this.returns.primitive()).isNotEqualTo(HERE);
		assertThat(this.returns.nothingMuch()).isNull();
		assertThat(this.returns.record("n")).isEqualTo(new Answer("n", List.of(1, 2)));
		assertThat(this.returns.array()).containsExactly(1, 2, 3);
	}

	@Test
	void exceptionShouldKeepFieldsCauseSuppressedAndFrames() {
		Throwable thrown = catchThrowable(() -> this.failures.detailed(42));
		assertThat(thrown).isExactlyInstanceOf(DetailedException.class).hasMessage("no 42");
		assertThat(((DetailedException) thrown).code).isEqualTo(42);
		assertThat(((DetailedException) thrown).details).containsExactly("a", "b");
		assertThat(thrown.getCause()).isExactlyInstanceOf(UncheckedIOException.class)
			.hasRootCauseExactlyInstanceOf(IOException.class)
			.hasRootCauseMessage("root");
		assertThat(thrown.getSuppressed()).hasSize(1);
		assertThat(thrown.getSuppressed()[0]).isExactlyInstanceOf(IllegalStateException.class).hasMessage("side");
		List<String> frames = Arrays.stream(thrown.getStackTrace())
			.map((frame) -> frame.getClassName() + "." + frame.getMethodName())
			.toList();
		int remote = frames.indexOf(Failures.class.getName() + ".detailed");
		int local = frames.lastIndexOf(
				DeferToProcessIntegrationTests.class.getName() + ".exceptionShouldKeepFieldsCauseSuppressedAndFrames");
		assertThat(remote).isZero();
		assertThat(local).isGreaterThan(remote);
	}

	@Test
	void exceptionWhenCheckedShouldBeThrownAsDeclared() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.failures.checked()).withMessage("checked");
	}

	@Test
	void exceptionOfAFutureShouldBeItsCause() {
		CompletableFuture<String> future = this.failures.future();
		Throwable thrown = catchThrowable(future::join);
		assertThat(thrown).isExactlyInstanceOf(CompletionException.class);
		assertThat(thrown.getCause()).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("from a future");
	}

	@Test
	void failureOfVoidShouldReachTheHandlerOnce() throws InterruptedException {
		this.failures.nothing("x");
		assertThat(this.handler.failures.poll(30, TimeUnit.SECONDS)).isEqualTo("nothing [x]: void failed");
		this.failures.quiet();
		assertThat(this.returns.primitive()).isNotEqualTo(HERE);
		assertThat(this.handler.failures).isEmpty();
	}

	@Test
	void argumentWhenNotSerializableShouldBeRefusedInTheCaller() {
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.failures.takes(new Holder("x", new StringJoiner(""))))
			.withMessageContaining("Failures.takes")
			.withMessageContaining("parameter 'holder'")
			.withMessageContaining("holder.content");
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.failures.nothing(new StringJoiner("")));
		assertThat(this.failures.futureOf(new StringJoiner(""))).isCompletedExceptionally();
	}

	@Test
	void methodWhenTooSlowShouldTimeOut() {
		assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> this.failures.slow())
			.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(Duration.ofMillis(300)));
		assertThat(this.returns.primitive()).isNotEqualTo(HERE);
	}

	@Test
	void poolsShouldBeTheBeans(@Autowired ProcessPool pool) {
		assertThat(this.pools.get("")).isSameAs(pool);
		assertThat(this.pools.names()).containsExactly("default");
		assertThat(this.returns.primitive()).isNotEqualTo(HERE);
		assertThat(pool.snapshot().workers()).isNotEmpty();
	}

	@Test
	void contextWhenPausedShouldStopItsWorkersAndStartThemAgainOnDemand(@Autowired ProcessPool pool,
			@Autowired ConfigurableApplicationContext context) {
		long before = this.returns.primitive();
		context.stop();
		assertThat(pool.snapshot().workers()).isEmpty();
		assertThat(ProcessHandle.of(before)).as("worker").isEmpty();
		assertThat(this.returns.completable()).isCompletedExceptionally();
		context.start();
		assertThat(pool.snapshot().workers()).isEmpty();
		assertThat(this.returns.primitive()).isNotIn(before, HERE);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class })
	static class Config {

		@Bean
		Places places(ProcessPool pool, OnClass onClass) {
			return new Places(pool, onClass);
		}

		@Bean
		OnClass onClass() {
			return new OnClass();
		}

		@Bean
		UpperCaseConverter converter() {
			return new UpperCaseConverter();
		}

		@Bean
		Twin first() {
			return new Twin("first");
		}

		@Bean
		Twin second() {
			return new Twin("second");
		}

		@Bean
		Returns returns() {
			return new Returns();
		}

		@Bean
		Failures failures() {
			return new Failures();
		}

		@Bean
		RecordingHandler handler() {
			return new RecordingHandler();
		}

	}

	@DeferToProcess
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Elsewhere {

	}

	static class Places {

		private final ProcessPool pool;

		private final OnClass other;

		Places(ProcessPool pool, OnClass other) {
			this.pool = pool;
			this.other = other;
		}

		@DeferToProcess
		public long onMethod() {
			return ProcessHandle.current().pid();
		}

		@Elsewhere
		public long onMeta() {
			return ProcessHandle.current().pid();
		}

		@DeferToProcess
		long packagePrivate() {
			return ProcessHandle.current().pid();
		}

		public long local() {
			return ProcessHandle.current().pid();
		}

		@DeferToProcess
		public String overloaded(String text) {
			return "string";
		}

		@DeferToProcess
		public String overloaded(int number) {
			return "int";
		}

		@DeferToProcess
		public String overloaded(List<Integer> list) {
			return "list";
		}

		@DeferToProcess
		public String nested() {
			if (!ProcessWorker.isActive()) {
				return "not in a worker";
			}
			long submitted = this.pool.submit(() -> ProcessHandle.current().pid()).join();
			return ProcessHandle.current().pid() + " " + this.other.any() + " " + submitted;
		}

	}

	@DeferToProcess
	static class OnClass {

		public long any() {
			return ProcessHandle.current().pid();
		}

		@Override
		public String toString() {
			return "on class " + ProcessHandle.current().pid();
		}

	}

	interface Converter<T> {

		@DeferToProcess
		T convert(T value);

		@DeferToProcess
		default long defaulted() {
			return ProcessHandle.current().pid();
		}

	}

	static class UpperCaseConverter implements Converter<String> {

		@Override
		public String convert(String value) {
			return value.toUpperCase(java.util.Locale.ROOT) + " " + ProcessHandle.current().pid();
		}

	}

	static class Twin {

		private final String name;

		Twin(String name) {
			this.name = name;
		}

		@DeferToProcess
		public String name() {
			return this.name + " " + ProcessHandle.current().pid();
		}

	}

	record Answer(String name, List<Integer> numbers) implements Serializable {

	}

	static class Returns {

		@DeferToProcess
		public CompletableFuture<Long> completable() {
			return CompletableFuture.completedFuture(ProcessHandle.current().pid());
		}

		@DeferToProcess
		public CompletionStage<Long> stage() {
			return completable();
		}

		@DeferToProcess
		public Future<Long> future() {
			return completable();
		}

		@DeferToProcess
		public CompletableFuture<String> late() {
			return CompletableFuture.supplyAsync(() -> "late",
					CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
		}

		@DeferToProcess
		public long primitive() {
			return ProcessHandle.current().pid();
		}

		@DeferToProcess
		public Void nothingMuch() {
			return null;
		}

		@DeferToProcess
		public Answer record(String name) {
			return new Answer(name, List.of(1, 2));
		}

		@DeferToProcess
		public int[] array() {
			return new int[] { 1, 2, 3 };
		}

	}

	static class DetailedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		final int code;

		final List<String> details;

		DetailedException(int code, List<String> details, Throwable cause) {
			super("no " + code, cause);
			this.code = code;
			this.details = details;
		}

	}

	record Holder(String name, Object content) implements Serializable {

	}

	static class Failures {

		@DeferToProcess
		public String detailed(int code) {
			DetailedException failure = new DetailedException(code, List.of("a", "b"),
					new UncheckedIOException(new IOException("root")));
			failure.addSuppressed(new IllegalStateException("side"));
			throw failure;
		}

		@DeferToProcess
		public String checked() throws IOException {
			throw new IOException("checked");
		}

		@DeferToProcess
		public CompletableFuture<String> future() {
			return CompletableFuture.failedFuture(new IllegalArgumentException("from a future"));
		}

		@DeferToProcess
		public void nothing(Object argument) {
			throw new IllegalStateException("void failed");
		}

		@DeferToProcess
		public void quiet() {
		}

		@DeferToProcess
		public String takes(Holder holder) {
			return "taken";
		}

		@DeferToProcess
		public CompletableFuture<String> futureOf(Object argument) {
			return CompletableFuture.completedFuture("taken");
		}

		@DeferToProcess(taskTimeout = "300ms")
		public String slow() throws InterruptedException {
			new java.util.concurrent.CountDownLatch(1).await();
			return "never";
		}

	}

	static class RecordingHandler implements AsyncConfigurer {

		final LinkedBlockingQueue<String> failures = new LinkedBlockingQueue<>();

		@Override
		public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
			return (failure, method, arguments) -> this.failures
				.add(method.getName() + " " + Arrays.toString(arguments) + ": " + failure.getMessage());
		}

	}

}
