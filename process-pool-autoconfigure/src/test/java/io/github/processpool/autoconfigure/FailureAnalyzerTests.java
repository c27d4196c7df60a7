package io.github.processpool.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.management.OperatingSystemMXBean;
import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPool;
import io.github.processpool.engine.InPlaceProcessPool;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a user reads when the application does not start.
 */
class FailureAnalyzerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class));

	@Test
	void methodThatCannotWorkShouldBeExplained() {
		FailureAnalysis analysis = analyze(this.runner.withBean("renderer", Renderer.class));
		assertThat(analysis.getDescription()).isEqualTo("""
				@DeferToProcess cannot work here:

				    - Bean 'renderer', method FailureAnalyzerTests.Renderer.render(Thread): \
				it is final, so no proxy can intercept it.
				      -> Remove 'final' from the method.
				    - Bean 'renderer', method FailureAnalyzerTests.Renderer.render(Thread): \
				parameter 'thread' cannot be sent to a worker because of Thread (java.lang).
				      -> Pass the values that the method needs instead.""");
		assertThat(analysis.getAction()).isEqualTo("Do for each of them what stands behind its arrow.");
	}

	@Test
	void singleMethodThatCannotWorkShouldBeExplained() {
		FailureAnalysis analysis = analyze(this.runner.withBean("writer", Writer.class));
		assertThat(analysis.getDescription()).isEqualTo("""
				@DeferToProcess cannot work here:

				    - Bean 'writer', method FailureAnalyzerTests.Writer.write(): \
				it is final, so no proxy can intercept it.""");
		assertThat(analysis.getAction()).isEqualTo("Remove 'final' from the method.");
	}

	@Test
	void valueOutOfRangeShouldBeExplained() {
		FailureAnalysis analysis = analyze(
				this.runner.withPropertyValues("process-pool.pools.reports.queue-capacity=-1"));
		assertThat(analysis.getDescription())
			.startsWith("Property 'process-pool.pools.reports.queue-capacity' has the value '-1' (\"")
			.endsWith("). It has to be at least 0.");
		assertThat(analysis.getAction()).isEqualTo("Change the value of 'process-pool.pools.reports.queue-capacity'.");
	}

	@Test
	void elementOfAListShouldBeExplained() {
		FailureAnalysis analysis = analyze(this.runner.withPropertyValues("process-pool.worker.jvm-args[0]=-jar"));
		assertThat(analysis.getDescription())
			.startsWith("Property 'process-pool.worker.jvm-args[0]' has the value '-jar' (\"")
			.endsWith("). It cannot be an option of workers: "
					+ "the class path and the main class of workers are the application's.");
		assertThat(analysis.getAction()).isEqualTo("Remove it.");
	}

	@Test
	void elementOfAListInOneTextShouldBeExplained() {
		FailureAnalysis analysis = analyze(
				this.runner.withPropertyValues("process-pool.worker.jvm-args=-Xmx64m,-Xss1m -Xint"));
		assertThat(analysis.getDescription())
			.startsWith("Property 'process-pool.worker.jvm-args[1]' has the value '-Xss1m -Xint' (\"")
			.contains("\"process-pool.worker.jvm-args\" from property source")
			.endsWith("It cannot be an option of workers: it holds more than one option or value.");
		assertThat(analysis.getAction()).isEqualTo("Make each an element of its own.");
	}

	@Test
	void valueShouldBeShownAsItWasWritten() {
		assertThat(analyze(this.runner.withPropertyValues("process-pool.worker.max-heap=1MB")).getDescription())
			.startsWith("Property 'process-pool.worker.max-heap' has the value '1MB' (\"");
		assertThat(analyze(this.runner.withPropertyValues("process-pool.keep-alive=-1s")).getDescription())
			.startsWith("Property 'process-pool.keep-alive' has the value '-1s' (\"");
		assertThat(analyze(this.runner.withPropertyValues("heap=1MB", "process-pool.worker.max-heap=${heap}"))
			.getDescription())
			.startsWith("Property 'process-pool.worker.max-heap' has the value '1MB', written as '${heap}' (\"");
	}

	@Test
	void defaultPoolUnderPoolsShouldBeExplained() {
		FailureAnalysis analysis = analyze(this.runner.withPropertyValues("process-pool.pools.default.max-size=2"));
		assertThat(analysis.getDescription())
			.startsWith("Property 'process-pool.pools.default.max-size' has the value '2' (\"")
			.endsWith("). The default pool is described by 'process-pool.*' itself.");
		assertThat(analysis.getAction())
			.isEqualTo("Write 'process-pool.*' in place of 'process-pool.pools.default.*'.");
	}

	@Test
	void nameOfAPoolShouldBeExplained() {
		FailureAnalysis analysis = analyze(this.runner.withPropertyValues("process-pool.pools.[a.b].max-size=2"));
		assertThat(analysis.getDescription())
			.startsWith("Property 'process-pool.pools[a.b].max-size' has the value '2' (\"")
			.endsWith("). 'a.b' cannot be the name of a pool.");
		assertThat(analysis.getAction())
			.isEqualTo("Choose a name of up to 64 letters, digits, '-' and '_', the first a letter or digit.");
	}

	@Test
	void inheritedCoreSizeShouldNotBeBlamed() {
		FailureAnalysis analysis = analyze(
				this.runner.withPropertyValues("process-pool.core-size=3", "process-pool.pools.x.max-size=2"));
		assertThat(analysis.getDescription())
			.startsWith("Property 'process-pool.pools.x.max-size' has the value '2' (\"")
			.endsWith("It must not be less than the core size of 3, which the pool inherits from "
					+ "'process-pool.core-size'.");
		assertThat(analysis.getAction())
			.isEqualTo("Raise 'process-pool.pools.x.max-size', or set 'process-pool.pools.x.core-size' to at most 2.");
	}

	@Test
	void heapThatDoesNotFitShouldBeExplained() {
		FailureAnalysis analysis = analyze(
				this.runner.withPropertyValues("process-pool.pools.reports.worker.max-heap=1024GB"));
		assertThat(analysis.getDescription()).startsWith("A worker with a heap of 1048576 MB and 150 MB beside it")
			.contains(" does not fit into the ");
		assertThat(analysis.getAction())
			.startsWith("Lower 'process-pool.pools.reports.worker.max-heap' or -Xmx of the application, or give this ");
	}

	@Test
	void heapsThatDoNotFitTogetherShouldBeExplained() {
		long memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
		long most = (memory - Runtime.getRuntime().maxMemory()) >> 20;
		FailureAnalysis analysis = analyze(this.runner.withPropertyValues("process-pool.max-size=1",
				"process-pool.pools.one.worker.max-heap=" + most * 2 / 3 + "MB",
				"process-pool.pools.two.worker.max-heap=" + most * 2 / 3 + "MB"));
		assertThat(analysis.getDescription()).contains(" and one worker of each other pool, which take ");
		assertThat(analysis.getAction())
			.matches("Lower 'process-pool\\.pools\\.(one|two)\\.worker\\.max-heap', that of another pool,"
					+ " or -Xmx of the application, or give this (machine|container) more memory\\.");
	}

	@Test
	void poolsOfOneNameShouldBeExplained() {
		FailureAnalysis analysis = analyze(
				this.runner.withBean("one", ProcessPool.class, () -> new InPlaceProcessPool("same"))
					.withBean("two", ProcessPool.class, () -> new InPlaceProcessPool("same")));
		assertThat(analysis.getDescription()).isEqualTo("Beans 'one' and 'two' are both a pool named 'same'.");
		assertThat(analysis.getAction())
			.isEqualTo("Give each a name of its own, as by ProcessPool.builder().name(\"two\").");
	}

	@Test
	void missingValueShouldBeExplained() {
		FailureAnalysis analysis = analyze(this.runner.withPropertyValues("process-pool.worker.context=configuration"));
		assertThat(analysis.getDescription())
			.isEqualTo("Property 'process-pool.worker.configuration-classes' is not set. "
					+ "It has to name at least one class, because the context of the workers is 'configuration'.");
		assertThat(analysis.getAction()).isEqualTo("Set 'process-pool.worker.configuration-classes'.");
	}

	@Test
	void propertiesOfOthersShouldBeLeftToOthers() {
		assertThat(new InvalidPropertyFailureAnalyzer(null)
			.analyze(new InvalidConfigurationPropertyValueException("server.port", "-1", "No."))).isNull();
	}

	private static FailureAnalysis analyze(ApplicationContextRunner runner) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		AtomicReference<Environment> started = new AtomicReference<>();
		runner.withInitializer((context) -> started.set(context.getEnvironment())).run((context) -> {
			Throwable failure = context.getStartupFailure();
			assertThat(failure).isNotNull();
			analysis[0] = SpringFactoriesLoader.forDefaultResourceLocation()
				.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, started.get()),
						FailureHandler.handleMessage((message, ex) -> {
						}))
				.stream()
				.map((analyzer) -> analyzer.analyze(failure))
				.filter(Objects::nonNull)
				.findFirst()
				.orElseThrow();
		});
		return analysis[0];
	}

	static class Writer {

		@DeferToProcess
		public final void write() {
		}

	}

	static class Renderer {

		@DeferToProcess
		public final void render(Thread thread) {
		}

	}

}
