package io.github.processpool.aop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.processpool.DeferToProcess;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for what acts in the application and what in the worker when a deferred method
 * has other advice around it. Whatever acts appends a line to one file.
 */
@SpringBootTest(properties = { "process-pool.max-size=1", "process-pool.worker.max-heap=128MB",
		"process-pool.shutdown-timeout=5s" })
@DirtiesContext
class AdviceOrderIntegrationTests {

	private static final String HERE = " " + ProcessHandle.current().pid();

	@TempDir
	private static Path directory;

	@Autowired
	private Service service;

	@Autowired
	private CacheManager cacheManager;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("trace.file", () -> directory.resolve("trace").toString());
	}

	@BeforeEach
	void clear() throws IOException {
		Files.deleteIfExists(directory.resolve("trace"));
	}

	@Test
	void adviceInFrontShouldActHereAndAdviceBehindInTheWorkerEachOnce() throws Exception {
		assertThat(this.service.everything("one").get(60, TimeUnit.SECONDS)).isEqualTo("ONE");
		assertThat(trace("here")).containsExactly("async", "aspect");
		assertThat(trace("worker")).containsExactly("begin", "validation", "body in transaction", "commit");
		assertThat(this.cacheManager.getCache("results").get("one")).isNull();
	}

	@Test
	void cacheShouldBeThatOfTheWorker() throws Exception {
		this.service.everything("cached").get(60, TimeUnit.SECONDS);
		this.service.everything("cached").get(60, TimeUnit.SECONDS);
		assertThat(trace("here")).containsExactly("async", "aspect", "async", "aspect");
		assertThat(trace("worker")).filteredOn((line) -> line.startsWith("body")).hasSize(1);
		assertThat(this.cacheManager.getCache("results").get("cached")).isNull();
	}

	@Test
	void retryShouldDispatchAgainFromHere() throws IOException {
		assertThat(this.service.flaky("second time")).isEqualTo("attempt 2");
		assertThat(trace("here")).containsExactly("aspect", "aspect");
		assertThat(trace("worker")).containsExactly("begin", "rollback", "begin", "commit");
	}

	@Test
	void violationShouldBeFoundInTheWorker() throws IOException {
		Throwable thrown = catchThrowable(() -> this.service.everything("bad").get(60, TimeUnit.SECONDS));
		assertThat(thrown).hasMessageContaining("is bad");
		assertThat(trace("here")).containsExactly("async", "aspect");
		assertThat(trace("worker")).containsExactly("begin", "validation", "rollback");
	}

	/**
	 * What acted in one place, in its order.
	 */
	private List<String> trace(String place) throws IOException {
		return Files.readAllLines(directory.resolve("trace"))
			.stream()
			.filter((line) -> line.endsWith(HERE) == place.equals("here"))
			.map((line) -> line.substring(0, line.lastIndexOf(' ')))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class,
			TransactionAutoConfiguration.class, ValidationAutoConfiguration.class })
	@EnableAsync
	@EnableCaching
	@EnableResilientMethods
	static class Config {

		@Bean
		Trace trace(Environment environment) {
			return new Trace(Path.of(environment.getRequiredProperty("trace.file")));
		}

		@Bean
		Service service(Trace trace) {
			return new Service(trace);
		}

		@Bean
		TracingAspect tracingAspect(Trace trace) {
			return new TracingAspect(trace);
		}

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		TaskExecutor taskExecutor(Trace trace) {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("async-");
			executor.setTaskDecorator((task) -> {
				trace.add("async");
				return task;
			});
			return executor;
		}

		@Bean
		PlatformTransactionManager transactionManager(Trace trace) {
			return new TracingTransactionManager(trace);
		}

	}

	static class Trace {

		private final Path file;

		Trace(Path file) {
			this.file = file;
		}

		void add(String what) {
			try {
				Files.writeString(this.file, what + " " + ProcessHandle.current().pid() + "\n",
						StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@Validated
	static class Service {

		private static final AtomicInteger ATTEMPTS = new AtomicInteger();

		private final Trace trace;

		Service(Trace trace) {
			this.trace = trace;
		}

		@Async
		@Retryable
		@DeferToProcess
		@Cacheable("results")
		@Transactional
		@Traced
		public CompletableFuture<String> everything(@NotBad String text) {
			this.trace.add("body " + (TransactionSynchronizationManager.isActualTransactionActive() ? "in transaction"
					: "without transaction"));
			return CompletableFuture.completedFuture(text.toUpperCase(java.util.Locale.ROOT));
		}

		@Retryable(maxRetries = 2, delay = 10)
		@DeferToProcess
		@Transactional
		@Traced
		public String flaky(String text) {
			int attempt = ATTEMPTS.incrementAndGet();
			if (attempt < 2) {
				throw new IllegalStateException(text);
			}
			return "attempt " + attempt;
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Traced {

	}

	@Aspect
	@Order(0)
	static class TracingAspect {

		private final Trace trace;

		TracingAspect(Trace trace) {
			this.trace = trace;
		}

		@Around("@annotation(io.github.processpool.aop.AdviceOrderIntegrationTests.Traced)")
		Object trace(ProceedingJoinPoint call) throws Throwable {
			this.trace.add("aspect");
			return call.proceed();
		}

	}

	@Constraint(validatedBy = NotBadValidator.class)
	@Target(ElementType.PARAMETER)
	@Retention(RetentionPolicy.RUNTIME)
	@interface NotBad {

		String message() default "is bad";

		Class<?>[] groups() default {};

		Class<? extends Payload>[] payload() default {};

	}

	static class NotBadValidator implements ConstraintValidator<NotBad, String> {

		private final Trace trace;

		NotBadValidator(Trace trace) {
			this.trace = trace;
		}

		@Override
		public boolean isValid(String value, ConstraintValidatorContext context) {
			this.trace.add("validation");
			return !value.equals("bad");
		}

	}

	static class TracingTransactionManager extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		private final transient Trace trace;

		TracingTransactionManager(Trace trace) {
			this.trace = trace;
		}

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.trace.add("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.trace.add("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.trace.add("rollback");
		}

	}

}
