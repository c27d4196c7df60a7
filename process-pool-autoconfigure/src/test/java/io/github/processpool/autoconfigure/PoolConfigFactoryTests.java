package io.github.processpool.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.processpool.DeferToProcess;
import io.github.processpool.SerializationCodec;
import io.github.processpool.engine.PoolConfig;
import io.github.processpool.engine.PoolDefaults;
import io.github.processpool.engine.launch.HeapClaim;
import io.github.processpool.worker.PlainRuntime;
import io.github.processpool.worker.context.ApplicationRuntime;
import io.github.processpool.worker.context.ConfigurationRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for the way from properties to the settings of the engine.
 */
class PoolConfigFactoryTests {

	private static final String JAVA_HOME = System.getProperty("java.home");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class));

	@Test
	void defaultsShouldBeThoseOfTheEngine() {
		PoolConfig config = config("default");
		assertThat(config.name()).isEqualTo("default");
		assertThat(config.coreSize()).isEqualTo(1);
		assertThat(config.maxSize()).isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors()));
		assertThat(config.queueCapacity()).isEqualTo(1000);
		assertThat(config.queueBytes()).isEqualTo(256L << 20);
		assertThat(config.keepAlive()).isEqualTo(Duration.ofSeconds(60));
		assertThat(config.queueTimeout()).isZero();
		assertThat(config.taskTimeout()).isZero();
		assertThat(config.startupTimeout()).isEqualTo(Duration.ofSeconds(60));
		assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofSeconds(20));
		assertThat(config.cancelGrace()).isEqualTo(Duration.ofSeconds(1));
		assertThat(config.maxTasksPerWorker()).isZero();
		assertThat(config.maxLifetime()).isZero();
		assertThat(config.maxMemory()).isZero();
		assertThat(config.maxRetainedHeap()).isZero();
		assertThat(config.maxPayloadSize()).isEqualTo(256L << 20);
		assertThat(config.allow()).isEmpty();
		assertThat(config.worker().runtime()).isEqualTo(ApplicationRuntime.class.getName());
		assertThat(config.worker().maxHeap()).isZero();
		assertThat(config.worker().jvmArgs()).isEmpty();
		assertThat(config.worker().javaHome()).isNull();
		assertThat(config.worker().workingDirectory()).isNull();
		assertThat(config.worker().environment()).isEmpty();
		assertThat(config.worker().inheritEnvironment()).isTrue();
		assertThat(config.worker().commandPrefix()).isEmpty();
		assertThat(config.worker().debugPort()).isZero();
		assertThat(config.worker().heartbeatTimeout()).isEqualTo(Duration.ofSeconds(30));
	}

	static List<Arguments> properties() {
		return List.of(property("core-size=2", PoolConfig::coreSize, 2), property("max-size=7", PoolConfig::maxSize, 7),
				property("queue-capacity=0", PoolConfig::queueCapacity, 0),
				property("queue-bytes=1KB", PoolConfig::queueBytes, 1024L),
				property("keep-alive=5m", PoolConfig::keepAlive, Duration.ofMinutes(5)),
				property("queue-timeout=3s", PoolConfig::queueTimeout, Duration.ofSeconds(3)),
				property("task-timeout=PT4S", PoolConfig::taskTimeout, Duration.ofSeconds(4)),
				property("startup-timeout=9s", PoolConfig::startupTimeout, Duration.ofSeconds(9)),
				property("shutdown-timeout=0", PoolConfig::shutdownTimeout, Duration.ZERO),
				property("cancel-grace=250ms", PoolConfig::cancelGrace, Duration.ofMillis(250)),
				property("max-tasks-per-worker=100", PoolConfig::maxTasksPerWorker, 100),
				property("max-lifetime=1h", PoolConfig::maxLifetime, Duration.ofHours(1)),
				property("max-memory=1GB", PoolConfig::maxMemory, 1L << 30),
				property("max-retained-heap=100MB", PoolConfig::maxRetainedHeap, 100L << 20),
				property("max-payload-size=1MB", PoolConfig::maxPayloadSize, 1L << 20),
				property("serialization.allow=com.example.Foo,org.joda.**", PoolConfig::allow,
						List.of("com.example.Foo", "org.joda.**")),
				property("serialization.codec=jdk", PoolConfig::codec, SerializationCodec.JDK),
				property("worker.context=none", (config) -> config.worker().runtime(), PlainRuntime.class.getName()),
				property("worker.max-heap=200MB", (config) -> config.worker().maxHeap(), 200L << 20),
				property("worker.jvm-args=-Xss2m,-XX:+UseG1GC", (config) -> config.worker().jvmArgs(),
						List.of("-Xss2m", "-XX:+UseG1GC")),
				property("worker.java-home=" + JAVA_HOME, (config) -> config.worker().javaHome(), Path.of(JAVA_HOME)),
				property("worker.working-directory=" + System.getProperty("java.io.tmpdir"),
						(config) -> config.worker().workingDirectory(), Path.of(System.getProperty("java.io.tmpdir"))),
				property("worker.environment.LANG=C", (config) -> config.worker().environment(), Map.of("LANG", "C")),
				property("worker.environment.[MY_NAME]=v", (config) -> config.worker().environment(),
						Map.of("MY_NAME", "v")),
				property("worker.environment.OTHER_NAME=w", (config) -> config.worker().environment(),
						Map.of("OTHER_NAME", "w")),
				property("worker.inherit-environment=false", (config) -> config.worker().inheritEnvironment(), false),
				property("worker.command-prefix=nice,-n,10", (config) -> config.worker().commandPrefix(),
						List.of("nice", "-n", "10")),
				property("worker.debug-port=5005", (config) -> config.worker().debugPort(), 5005),
				property("worker.heartbeat-timeout=0", (config) -> config.worker().heartbeatTimeout(), Duration.ZERO));
	}

	private static Arguments property(String property, Function<PoolConfig, Object> getter, Object value) {
		return arguments(property, getter, value);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("properties")
	void propertyShouldReachTheEngineFromAnyLevel(String property, Function<PoolConfig, Object> getter, Object value) {
		assertThat(getter.apply(config("default", "process-pool." + property))).isEqualTo(value);
		assertThat(getter.apply(config("x", "process-pool.pools.x." + property))).as("of a named pool")
			.isEqualTo(value);
		assertThat(getter.apply(config("default", "process-pool.pools.x." + property))).as("of the default pool")
			.isNotEqualTo(value);
		assertThat(getter.apply(config("x", "process-pool." + property, "process-pool.pools.x.keep-alive=60s")))
			.as("inherited")
			.isEqualTo(property.startsWith("keep-alive") ? Duration.ofSeconds(60) : value);
	}

	@Test
	void workerContextShouldDecideOnTheEnvironment() {
		assertThat(config("default", "process-pool.worker.context=none").worker().inheritEnvironment()).isFalse();
		assertThat(config("default", "process-pool.worker.context=none", "process-pool.worker.inherit-environment=true")
			.worker()
			.inheritEnvironment()).isTrue();
		PoolConfig config = config("default", "process-pool.worker.context=configuration",
				"process-pool.worker.configuration-classes=" + PoolConfigFactoryTests.class.getName());
		assertThat(config.worker().inheritEnvironment()).isFalse();
		assertThat(config.worker().runtime()).isEqualTo(ConfigurationRuntime.class.getName());
	}

	@Test
	void namedPoolShouldReplaceListsAndMergeMaps() {
		PoolConfig config = config("x", "process-pool.worker.jvm-args=-Xss1m,-Da=b",
				"process-pool.worker.environment.A=1", "process-pool.worker.environment.B=1",
				"process-pool.serialization.allow=com.example.A", "process-pool.pools.x.worker.jvm-args=-Xss2m",
				"process-pool.pools.x.worker.environment.B=2",
				"process-pool.pools.x.serialization.allow=com.example.B");
		assertThat(config.worker().jvmArgs()).containsExactly("-Xss2m");
		assertThat(config.worker().environment()).containsOnly(Map.entry("A", "1"), Map.entry("B", "2"));
		assertThat(config.allow()).containsExactly("com.example.B");
	}

	@Test
	void poolShouldKnowWhatTheOthersWantOfTheMemory() {
		String[] pools = { "process-pool.max-size=4", "process-pool.worker.max-heap=64MB",
				"process-pool.pools.x.max-size=2", "process-pool.pools.y.worker.jvm-args=-Xmx100m" };
		HeapClaim x = new HeapClaim(2, 64L << 20);
		HeapClaim y = new HeapClaim(4, 100L << 20);
		assertThat(config("x", pools).neighbours()).containsExactly(y);
		assertThat(config("default", pools).neighbours()).containsExactlyInAnyOrder(x, y);
	}

	@Test
	void defaultPoolShouldCountOnceMethodsRunInIt() {
		this.runner.withBean(Renderer.class)
			.withPropertyValues("process-pool.max-size=4", "process-pool.pools.x.max-size=2")
			.run((context) -> assertThat(context.getBean(ProcessPoolFactory.class).config("x").neighbours())
				.containsExactly(new HeapClaim(4, 0)));
	}

	@Test
	void namedPoolShouldUndoInheritedValues() {
		PoolConfig config = config("x", "process-pool.task-timeout=5s", "process-pool.max-memory=1GB",
				"process-pool.max-tasks-per-worker=5", "process-pool.worker.jvm-args=-Xss1m",
				"process-pool.worker.debug-port=5005", "process-pool.worker.java-home=" + JAVA_HOME,
				"process-pool.pools.x.task-timeout=0", "process-pool.pools.x.max-memory=0",
				"process-pool.max-retained-heap=32MB", "process-pool.pools.x.max-retained-heap=0",
				"process-pool.pools.x.max-tasks-per-worker=0", "process-pool.pools.x.worker.jvm-args=",
				"process-pool.pools.x.worker.debug-port=0", "process-pool.pools.x.worker.java-home=");
		assertThat(config.taskTimeout()).isZero();
		assertThat(config.maxMemory()).isZero();
		assertThat(config.maxRetainedHeap()).isZero();
		assertThat(config.maxTasksPerWorker()).isZero();
		assertThat(config.worker().jvmArgs()).isEmpty();
		assertThat(config.worker().debugPort()).isZero();
		assertThat(config.worker().javaHome()).isNull();
	}

	@Test
	void maxSizeWhenNotSetShouldNotBeLessThanCoreSize() {
		assertThat(config("default", "process-pool.core-size=500").maxSize()).isEqualTo(500);
		assertThat(PoolDefaults.maxSize(0)).isPositive();
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "core-size | -1 | It has to be at least 0.", "max-size | 0 | It has to be at least 1.",
					"queue-capacity | -1 | It has to be at least 0.", "queue-bytes | 0 | It has to be more than 0.",
					"keep-alive | -1s | It has to be at least 0.", "queue-timeout | -1s | It has to be at least 0.",
					"task-timeout | -1s | It has to be at least 0.", "startup-timeout | 0 | It has to be more than 0.",
					"shutdown-timeout | -1s | It has to be at least 0.",
					"cancel-grace | -1s | It has to be at least 0.",
					"max-tasks-per-worker | -1 | It has to be at least 0, where 0 means no limit.",
					"max-lifetime | -1s | It has to be at least 0.",
					"max-memory | -1MB | It has to be at least 0, where 0 means no limit.",
					"max-retained-heap | -1MB | It has to be at least 0, where 0 means no limit.",
					"max-payload-size | 0 | It has to be more than 0 and less than 2GB.",
					"max-payload-size | 2GB | It has to be more than 0 and less than 2GB.",
					"worker.max-heap | 1MB | It has to be at least 16MB, or 0 to have it computed.",
					"worker.java-home | /nowhere | There is no executable /nowhere/bin/java.",
					"worker.working-directory | /nowhere | There is no directory /nowhere.",
					"worker.debug-port | 65536 | It has to be a port, or 0 for none.",
					"worker.heartbeat-timeout | -1s | It has to be at least 0, where 0 means for ever." })
	void badValueShouldBeRefusedWithItsFullNameAndRange(String property, String value, String reason) {
		for (String prefix : List.of("process-pool.", "process-pool.pools.x.")) {
			InvalidConfigurationPropertyValueException failure = failure(prefix + property + "=" + value);
			assertThat(failure.getName()).isEqualTo(prefix + property);
			assertThat(failure.getReason()).isEqualTo(reason);
		}
	}

	@Test
	void heapThatCannotBeRetainedShouldBeRefused() {
		InvalidConfigurationPropertyValueException failure = failure("process-pool.worker.max-heap=64MB",
				"process-pool.pools.x.max-retained-heap=64MB");
		assertThat(failure.getName()).isEqualTo("process-pool.pools.x.max-retained-heap");
		assertThat(failure.getReason())
			.isEqualTo("It has to be less than 'process-pool.worker.max-heap', else no worker can ever reach it.");
	}

	@Test
	void coreSizeWhenMoreThanMaxSizeShouldBeRefused() {
		InvalidConfigurationPropertyValueException failure = failure("process-pool.max-size=2",
				"process-pool.pools.x.core-size=3");
		assertThat(failure.getName()).isEqualTo("process-pool.pools.x.core-size");
		assertThat(failure.getReason()).isEqualTo("It must not be more than 'process-pool.max-size', which is 2.");
		assertThat(failure.getMessage())
			.endsWith("Lower 'process-pool.pools.x.core-size', or set 'process-pool.pools.x.max-size' to at least 3.");
	}

	@Test
	void elementOfJvmArgsThatIsNoOptionShouldBeRefusedAtStart() {
		for (String prefix : List.of("process-pool.", "process-pool.pools.x.")) {
			InvalidConfigurationPropertyValueException failure = failure(
					prefix + "worker.jvm-args=-Xmx64m,-Xss1m -Xint");
			assertThat(failure.getName()).isEqualTo(prefix + "worker.jvm-args[1]");
			assertThat(failure.getValue()).isEqualTo("-Xss1m -Xint");
			assertThat(failure.getMessage()).endsWith("It cannot be an option of workers: it holds more than one option"
					+ " or value. Make each an element of its own.");
		}
		assertThat(failure("process-pool.worker.jvm-args=-Xmx64m", "process-pool.pools.x.worker.jvm-args[0]=@opts")
			.getReason())
			.isEqualTo("It cannot be an option of workers: files of options are not expanded for workers.");
	}

	@Test
	void maxSizeWhenLessThanTheInheritedCoreSizeShouldBeRefused() {
		InvalidConfigurationPropertyValueException failure = failure("process-pool.core-size=3",
				"process-pool.pools.x.max-size=2");
		assertThat(failure.getName()).isEqualTo("process-pool.pools.x.max-size");
		assertThat(failure.getReason()).isEqualTo(
				"It must not be less than the core size of 3, which the pool inherits from 'process-pool.core-size'.");
		assertThat(failure.getMessage())
			.endsWith("Raise 'process-pool.pools.x.max-size', or set 'process-pool.pools.x.core-size' to at most 2.");
	}

	@Test
	void patternWhenMalformedShouldBeRefused() {
		InvalidConfigurationPropertyValueException failure = failure("process-pool.serialization.allow=com.**.Foo");
		assertThat(failure.getName()).isEqualTo("process-pool.serialization.allow");
		assertThat(failure.getReason()).contains("com.**.Foo");
	}

	@Test
	void configurationClassesShouldGoWithTheirLevelOnly() {
		assertThat(failure("process-pool.worker.context=configuration").getReason()).contains("at least one class");
		assertThat(failure("process-pool.worker.configuration-classes=" + PoolConfigFactoryTests.class.getName())
			.getReason()).isEqualTo("It has no effect unless 'process-pool.worker.context' is 'configuration'.");
		assertThat(config("x", "process-pool.worker.context=configuration",
				"process-pool.worker.configuration-classes=" + PoolConfigFactoryTests.class.getName(),
				"process-pool.pools.x.worker.context=none")
			.worker()
			.runtime()).isEqualTo(PlainRuntime.class.getName());
	}

	@Test
	void nameOfAPoolWhenReservedOrMalformedShouldBeRefused() {
		assertThat(failure("process-pool.pools.default.max-size=2").getMessage()).contains("process-pool.pools.default",
				"The default pool is described by 'process-pool.*' itself.",
				"Write 'process-pool.*' in place of 'process-pool.pools.default.*'.");
		assertThat(failure("process-pool.pools.[a.b].max-size=2").getMessage()).contains("letters, digits");
	}

	@Test
	void wrongTypeShouldBeRefusedByBoot(@TempDir Path directory) {
		this.runner.withPropertyValues("process-pool.core-size=many")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("many"));
		this.runner.withPropertyValues("process-pool.mode=remote")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("remote"));
	}

	private PoolConfig config(String pool, String... properties) {
		PoolConfig[] config = new PoolConfig[1];
		this.runner.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			config[0] = context.getBean(ProcessPoolFactory.class).config(pool);
		});
		return config[0];
	}

	private InvalidConfigurationPropertyValueException failure(String... properties) {
		Throwable[] failure = new Throwable[1];
		this.runner.withPropertyValues(properties).run((context) -> failure[0] = context.getStartupFailure());
		Throwable cause = failure[0];
		while (cause != null && !(cause instanceof InvalidConfigurationPropertyValueException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("failure of " + List.of(properties) + ": " + failure[0]).isNotNull();
		return (InvalidConfigurationPropertyValueException) cause;
	}

	/**
	 * Has a method that runs in the default pool.
	 */
	static class Renderer {

		@DeferToProcess
		String render(String text) {
			return text;
		}

	}

}
