package io.github.processpool.observed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a worker without a context does not load its logging system before it is
 * used, and that nothing is lost by that.
 */
class LateLoggingIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final Recorder recorder = new Recorder();

	private ConfigurableApplicationContext context;

	private ProcessPool pool;

	@BeforeEach
	void start() {
		start("");
	}

	private void start(String jvmArgs) {
		this.context = new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE)
			.properties("process-pool.max-size=1", "process-pool.worker.context=none",
					"process-pool.worker.max-heap=64MB", "process-pool.worker.jvm-args=" + jvmArgs,
					"process-pool.shutdown-timeout=5s")
			.run();
		this.pool = this.context.getBean(ProcessPool.class);
		this.recorder.start();
		logger("hushed").addAppender(this.recorder);
		logger("hushed").setLevel(Level.INFO);
	}

	@AfterEach
	void stop() {
		MDC.clear();
		this.context.close();
		logger("hushed").detachAppender(this.recorder);
		for (String name : List.of("hushed", Hushed.LOGGER, Hushed.JAVA_LOGGER)) {
			logger(name).setLevel(null);
		}
	}

	@Test
	void workerThatLogsNothingShouldNotLoadItsLoggingSystem() throws Exception {
		assertThat(run(Hushed.isLoggingUsed())).isFalse();
		assertThat(run(Hushed.isLoggingUsed())).isFalse();
		run(Hushed.log("a"));
		assertThat(run(Hushed.isLoggingUsed())).isTrue();
	}

	@Test
	void firstEventShouldBeLoggedOnceAtTheLevelsOfTheApplication() throws Exception {
		run(Hushed.log("a"));
		await("info a");
		logger(Hushed.LOGGER).setLevel(Level.DEBUG);
		await(Hushed.log("b"), "debug b");
		assertThat(this.recorder.messages()).doesNotContain("debug a").containsOnlyOnce("info a");
		assertThat(this.recorder.events).allSatisfy((event) -> {
			assertThat(event.getLoggerName()).isEqualTo(Hushed.LOGGER);
			assertThat(event.getMDCPropertyMap()).containsEntry("processpool.task", "Hushed.lambda")
				.containsEntry("processpool.worker", "1");
		});
	}

	@Test
	void levelChangedBeforeTheFirstEventShouldCount() throws Exception {
		run(Hushed.isLoggingUsed());
		logger(Hushed.LOGGER).setLevel(Level.WARN);
		logger("hushed").setLevel(Level.DEBUG);
		await(Hushed.logByJava("a"), "fine a");
		run(Hushed.log("b"));
		run(Hushed.logByJava("c"));
		await("info c");
		assertThat(this.recorder.messages()).doesNotContain("info b", "debug b");
	}

	@Test
	void eventOfJavaLoggingShouldWakeItAtTheLevelsOfTheApplication() throws Exception {
		run(Hushed.logByJava("a"));
		await("info a");
		assertThat(this.recorder.messages()).containsExactly("info a");
		assertThat(this.recorder.events.get(0).getLoggerName()).isEqualTo(Hushed.JAVA_LOGGER);
		logger(Hushed.JAVA_LOGGER).setLevel(Level.DEBUG);
		await(Hushed.logByJava("b"), "fine b");
	}

	@Test
	void levelThatJavaLoggingStartedWithShouldNotOutliveItsChange() throws Exception {
		logger(Hushed.JAVA_LOGGER).setLevel(Level.ERROR);
		run(Hushed.logByJava("a"));
		logger(Hushed.JAVA_LOGGER).setLevel(null);
		await(Hushed.logByJava("b"), "info b");
		assertThat(this.recorder.messages()).doesNotContain("info a", "fine b");
	}

	@Test
	void agentThatLogsBeforeShouldNotKeepEventsFromTheApplication(@TempDir Path directory) throws Exception {
		stop();
		Path jar = directory.resolve("agent.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Premain-Class", EarlyLogger.class.getName());
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
		start("-javaagent:" + jar);
		assertThat(run(Hushed.isLoggingUsed())).isTrue();
		run(Hushed.log("a"));
		await("info a");
		run(Hushed.logByJava("b"));
		await("info b");
		assertThat(this.recorder.messages()).containsExactly("info a", "info b");
	}

	@Test
	void firstEventsOfTwoThreadsShouldBothBeLogged() throws Exception {
		for (int i = 0; i < 5; i++) {
			run(Hushed.logByBoth("" + i));
			this.pool.snapshot().workers().forEach((worker) -> this.pool.retire(worker.id()));
		}
		for (int i = 0; i < 5; i++) {
			await("by java " + i);
			await("by slf4j " + i);
		}
		assertThat(this.recorder.messages()).hasSize(10);
	}

	@Test
	void diagnosticContextShouldArriveAndEndWithItsTask() throws Exception {
		assertThat(run(Hushed.isLoggingUsed())).isFalse();
		run(Hushed.put("left", "behind"));
		assertThat(run(Hushed.get("left"))).isEqualTo("null");
		MDC.put("request", "r-17");
		assertThat(run(Hushed.get("request"))).isEqualTo("r-17");
		run(Hushed.log("a"));
		await("info a");
		assertThat(this.recorder.events.get(0).getMDCPropertyMap()).containsEntry("request", "r-17");
		MDC.clear();
		assertThat(run(Hushed.get("request"))).isEqualTo("null");
	}

	@Test
	void diagnosticContextOfTheFirstTaskShouldArrive() throws Exception {
		MDC.put("request", "r-18");
		assertThat(run(Hushed.get("request"))).isEqualTo("r-18");
	}

	private <T> T run(ProcessTask<T> task) throws Exception {
		return this.pool.submit(task).get(60, TimeUnit.SECONDS);
	}

	private void await(String message) {
		Awaitility.await().atMost(SOON).until(() -> this.recorder.messages().contains(message));
	}

	/**
	 * A level reaches workers soon, but not at once.
	 */
	private void await(ProcessTask<?> task, String message) {
		Awaitility.await().atMost(SOON).until(() -> {
			run(task);
			return this.recorder.messages().contains(message);
		});
	}

	private static Logger logger(String name) {
		return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(name);
	}

	/**
	 * An agent.
	 */
	static final class EarlyLogger {

		private EarlyLogger() {
		}

		/**
		 * Logs before the main method runs.
		 * @param arguments of the agent
		 */
		public static void premain(String arguments) {
			LoggerFactory.getLogger(Hushed.LOGGER).info("early");
		}

	}

	/**
	 * Keeps what is logged.
	 */
	private static final class Recorder extends AppenderBase<ILoggingEvent> {

		private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.events.add(event);
		}

		List<String> messages() {
			return this.events.stream().map(ILoggingEvent::getFormattedMessage).toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ProcessPoolAutoConfiguration.class)
	static class Config {

	}

}
