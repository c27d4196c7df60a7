package io.github.processpool.slim;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPoolException;
import io.github.processpool.slim.scanned.Counted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Workers that leave out what they do not need do everything as if they had it; workers
 * that were made to leave out too much get the whole context before any method runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class SlimWorkerIntegrationTests {

	private static final String TRANSACTIONS = "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration";

	private static final String JDBC = "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration";

	private static final String LEFT_OUT = "org.springframework.boot.availability.ApplicationAvailability";

	private static final String FALLBACK = "workers get the whole context, because without a part of it ";

	@Test
	void adviceActsInASlimWorker(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			actsAsEver(context.getBean(Service.class));
		}
		assertThat(output).containsPattern("workers define \\d+ of \\d+ bean definitions; left out: ")
			.doesNotContain(FALLBACK);
	}

	@Test
	void transactionIsNotLostWhenItsAdviceIsLeftOut(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(
				"--process-pool.worker.exclude-auto-configurations=" + TRANSACTIONS)) {
			actsAsEver(context.getBean(Service.class));
		}
		assertThat(output).containsOnlyOnce(FALLBACK + "bean 'service' loses its advice ")
			.contains("TransactionInterceptor")
			.doesNotContain("workers define");
	}

	@Test
	void callDoesNotFailWhenABeanIsLeftOut(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(
				"--process-pool.worker.exclude-auto-configurations=" + JDBC)) {
			actsAsEver(context.getBean(Service.class));
		}
		assertThat(output).containsOnlyOnce(FALLBACK + "bean 'service' cannot be made: ").contains("JdbcTemplate");
	}

	@Test
	void startThatFailsIsRepeatedWithTheWholeContext(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--process-pool.worker.exclude-auto-configurations="
				+ "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration," + TRANSACTIONS + "," + JDBC)) {
			actsAsEver(context.getBean(Service.class));
		}
		assertThat(output).containsOnlyOnce(FALLBACK);
	}

	@Test
	void requestThatNobodyCouldForeseeBringsTheWholeContext(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(EarlyApplication.class)) {
			assertThat(context.getBean(Early.class).isGiven()).as("as in the application").isTrue();
		}
		assertThat(output).containsOnlyOnce(FALLBACK + "a bean that asks for beans of type " + LEFT_OUT);
	}

	@Test
	void requestOfATaskThatNobodyCouldForeseeIsRefused(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start(LateApplication.class)) {
			assertThatExceptionOfType(ProcessPoolException.class)
				.isThrownBy(() -> context.getBean(Late.class).isGiven())
				.withMessageContainingAll("A task asked for beans of type " + LEFT_OUT,
						"'process-pool.worker.keep-auto-configurations'", "'process-pool.worker.slim' to 'false'");
		}
		assertThat(output).doesNotContain(FALLBACK);
	}

	@Test
	void wholeContextCanBeForced(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--process-pool.worker.slim=false")) {
			actsAsEver(context.getBean(Service.class));
		}
		assertThat(output).doesNotContain(FALLBACK).doesNotContain("workers define");
	}

	private static void actsAsEver(Service service) {
		assertThatIllegalStateException().isThrownBy(() -> service.insertAndFail("lost"))
			.withMessage("after the insert in worker " + service.pid());
		assertThat(service.rows()).as("rows after a rollback").isZero();
		service.insert("kept");
		assertThat(service.rows()).isEqualTo(1);
		assertThat(service.cached("a")).isEqualTo(1);
		assertThat(service.cached("a")).as("made once, then cached").isEqualTo(1);
		assertThat(service.helped()).as("with the aspect once around").isEqualTo(101);
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return start(Application.class, arguments);
	}

	private static ConfigurableApplicationContext start(Class<?> source, String... arguments) {
		SpringApplication application = new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("spring.config.name=none", "spring.main.banner-mode=off", "process-pool.max-size=1",
					"process-pool.worker.max-heap=128MB", "logging.level.io.github.processpool.slim=info",
					"process-pool.shutdown-timeout=5s", "process-pool.worker.jvm-args=-XX:TieredStopAtLevel=1")
			.build();
		return application.run(arguments);
	}

	/**
	 * A database, a cache, an aspect.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableCaching
	@ComponentScan(basePackageClasses = Counted.class)
	static class Application {

		@Bean
		Service service(JdbcTemplate jdbc, Helper helper) {
			return new Service(jdbc, helper);
		}

		@Bean
		Helper helper() {
			return new Helper();
		}

	}

	/**
	 * Has a bean that looks another up when it is made.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EarlyApplication {

		@Bean
		Early early(ApplicationEventPublisher publisher) {
			return new Early(publisher);
		}

	}

	/**
	 * Has a bean that looks another up when it is called.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class LateApplication {

		@Bean
		Late late(ApplicationEventPublisher publisher) {
			return new Late(publisher);
		}

	}

	/**
	 * Knows that the publisher is the context.
	 */
	static class Early {

		private final boolean given;

		Early(ApplicationEventPublisher publisher) {
			this.given = isGiven(publisher);
		}

		static boolean isGiven(ApplicationEventPublisher publisher) {
			return ((ApplicationContext) publisher).getBeanProvider(ApplicationAvailability.class)
				.getIfAvailable() != null;
		}

		@DeferToProcess
		public boolean isGiven() {
			return this.given;
		}

	}

	/**
	 * The same, but later.
	 */
	static class Late {

		private final ApplicationEventPublisher publisher;

		Late(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		@DeferToProcess
		public boolean isGiven() {
			return Early.isGiven(this.publisher);
		}

	}

	/**
	 * Has a collaborator with advice.
	 */
	static class Helper {

		private final AtomicInteger count = new AtomicInteger();

		int count() {
			return this.count.incrementAndGet();
		}

	}

	/**
	 * What is deferred.
	 */
	static class Service {

		private final JdbcTemplate jdbc;

		private final Helper helper;

		private final AtomicInteger made = new AtomicInteger();

		Service(JdbcTemplate jdbc, Helper helper) {
			this.jdbc = jdbc;
			this.helper = helper;
			// An in-memory database is the worker's own
			jdbc.execute("create table if not exists notes (text varchar(20))");
		}

		@DeferToProcess
		long pid() {
			return ProcessHandle.current().pid();
		}

		@DeferToProcess
		@Transactional
		public int insertAndFail(String text) {
			if (insertRow(text) != 1) {
				return -1;
			}
			throw new IllegalStateException("after the insert in worker " + ProcessHandle.current().pid());
		}

		@DeferToProcess
		@Transactional
		public int insert(String text) {
			return insertRow(text);
		}

		@DeferToProcess
		public int rows() {
			Integer rows = this.jdbc.queryForObject("select count(*) from notes", Integer.class);
			return (rows != null) ? rows : -1;
		}

		@DeferToProcess
		@Cacheable("made")
		public int cached(String key) {
			return this.made.incrementAndGet();
		}

		@DeferToProcess
		public int helped() {
			return this.helper.count();
		}

		private int insertRow(String text) {
			return this.jdbc.update("insert into notes values (?)", text);
		}

	}

}
