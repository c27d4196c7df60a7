package io.github.processpool.autoconfigure;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.github.processpool.DeferToProcess;
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
				    - Bean 'renderer', method FailureAnalyzerTests.Renderer.render(Thread): \
				parameter 'thread' cannot be sent to a worker because of Thread (java.lang).""");
		assertThat(analysis.getAction()).isEqualTo("""
				Remove 'final' from the method.
				Pass the values that the method needs instead.""");
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
			.startsWith("Property 'process-pool.worker.jvm-args' has the value '[-jar]'")
			.endsWith(". '-jar' is not possible, the class path and main class of a worker are given.");
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

	static class Renderer {

		@DeferToProcess
		public final void render(Thread thread) {
		}

	}

}
