package io.github.processpool.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.ContextPropagator.Scope;
import io.github.processpool.TaskEvent;
import io.github.processpool.engine.TaskObserver.Observed;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that observations which are cut short are seen by whoever takes notice of them.
 */
class TracingAloneTests {

	private static final List<SpanData> ended = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "0.0", "1.0" })
	void traceShouldGoOnWhetherItIsSampledOrNot(String probability) {
		try (ConfigurableApplicationContext context = start(probability)) {
			boolean sampled = probability.equals("1.0");
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			Tracer tracer = context.getBean(Tracer.class);
			Observed observed = submit(context);
			Scope scope = restore(context, observed.traceContext());
			Observation current = registry.getCurrentObservation();
			assertThat(current).isNotNull();
			assertThat(current.getContext().getName()).isEqualTo("processpool.task.execution");
			assertThat(current.getContext().getLowCardinalityKeyValues()).as("what nobody asks for").isEmpty();
			current.highCardinalityKeyValue("own", "tag");
			Span span = tracer.currentSpan();
			assertThat(span).isNotNull();
			assertThat(span.context().sampled()).isEqualTo(sampled);
			String trace = span.context().traceId();
			assertThat(observed.traceContext().get("traceparent")).startsWith("00-" + trace);
			assertThat(MDC.get("traceId")).isEqualTo(trace);
			assertThat(MDC.get("spanId")).isEqualTo(span.context().spanId());
			Observation child = Observation.createNotStarted("child", registry);
			child.observe(() -> {
				Span inner = tracer.currentSpan();
				assertThat(inner.context().traceId()).isEqualTo(trace);
				assertThat(inner.context().sampled()).isEqualTo(sampled);
			});
			scope.failed(new IllegalStateException("broken"));
			scope.close();
			observed.finished(outcome(), 17, null);
			assertThat(registry.getCurrentObservation()).isNull();
			assertThat(tracer.currentSpan()).isNull();
			assertThat(MDC.get("traceId")).isNull();
			assertThat(ended).extracting(SpanData::getName)
				.containsExactlyElementsOf(
						sampled ? List.of("child", "run Task.call", "defer Task.call") : List.<String>of());
			if (sampled) {
				assertThat(ended.get(0).getParentSpanId()).isEqualTo(ended.get(1).getSpanId());
				assertThat(ended.get(1).getParentSpanId()).isEqualTo(ended.get(2).getSpanId());
				assertThat(ended.get(1).getAttributes().asMap().toString()).contains("own", "tag", "process.pid");
				assertThat(ended.get(1).getStatus().getDescription()).isEqualTo("broken");
				assertThat(ended.get(2).getAttributes().asMap().toString()).contains("outcome", "success", "default");
			}
			assertThat(context.getBean(MeterRegistry.class).find("processpool.task").meters()).isEmpty();
			assertThat(context.getBean(MeterRegistry.class).find("processpool.task.execution").meters()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0", "1.0" })
	void baggageShouldTravel(String probability) {
		try (ConfigurableApplicationContext context = start(probability,
				"--management.tracing.baggage.remote-fields=tenant",
				"--management.tracing.baggage.correlation.fields=tenant")) {
			Tracer tracer = context.getBean(Tracer.class);
			Span span = tracer.nextSpan().start();
			Observed observed;
			try (Tracer.SpanInScope spanInScope = tracer.withSpan(span);
					BaggageInScope baggage = tracer.createBaggageInScope("tenant", "acme")) {
				observed = submit(context);
			}
			assertThat(tracer.getBaggage("tenant").get()).isNull();
			Scope scope = restore(context, observed.traceContext());
			assertThat(tracer.getBaggage("tenant").get()).isEqualTo("acme");
			assertThat(MDC.get("tenant")).isEqualTo("acme");
			assertThat(tracer.currentSpan().context().traceId()).isEqualTo(span.context().traceId());
			scope.close();
			span.end();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0", "1.0" })
	void handlerOfTheApplicationShouldSeeAll(String probability) {
		try (ConfigurableApplicationContext context = start(probability)) {
			restore(context, submit(context).traceContext()).close();
			Recorder recorder = new Recorder();
			context.getBean(ObservationRegistry.class).observationConfig().observationHandler(recorder);
			Observed observed = submit(context);
			Scope scope = restore(context, observed.traceContext());
			scope.failed(new IllegalStateException("broken"));
			scope.close();
			observed.finished(outcome(), 17, null);
			assertThat(recorder.seen).containsExactly("start processpool.task none",
					"start processpool.task.execution null", "open processpool.task.execution null",
					"error processpool.task.execution null", "close processpool.task.execution null",
					"stop processpool.task.execution null", "stop processpool.task success");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnHandler.class, OwnConventions.class, OwnFilter.class })
	void whatTheApplicationHasShouldBeHonoured(Class<?> configuration) {
		try (ConfigurableApplicationContext context = start(configuration, "1.0")) {
			Observed observed = submit(context);
			restore(context, observed.traceContext()).close();
			observed.finished(outcome(), 17, null);
			assertThat(ended).hasSize(2)
				.allSatisfy(
						(span) -> assertThat(span.getAttributes().asMap().toString()).contains("application", "own"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0", "1.0" })
	void observationThatIsSwitchedOffShouldNotBeMade(String probability) {
		try (ConfigurableApplicationContext context = start(probability,
				"--management.observations.enable.processpool=false")) {
			assertThat(context.getBean(TaskObservations.class).submitted("default", "Task", "call")).isNull();
		}
	}

	private static ConfigurableApplicationContext start(String probability, String... arguments) {
		return start(Nothing.class, probability, arguments);
	}

	private static ConfigurableApplicationContext start(Class<?> configuration, String probability,
			String... arguments) {
		ended.clear();
		String[] all = new String[arguments.length + 2];
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		all[0] = "--spring.autoconfigure.exclude=" + FlywayAutoConfiguration.class.getName();
		all[1] = "--management.tracing.sampling.probability=" + probability;
		return new SpringApplicationBuilder(Application.class, configuration).web(WebApplicationType.NONE).run(all);
	}

	private static Observed submit(ConfigurableApplicationContext context) {
		Observed observed = context.getBean(TaskObservations.class).submitted("default", "Task", "call");
		assertThat(observed).isNotNull();
		return observed;
	}

	private static Scope restore(ConfigurableApplicationContext context, Map<String, String> trace) {
		return context.getBean(TaskExecutionPropagator.class).restore(new HashMap<>(trace), "Task.call");
	}

	private static TaskEvent outcome() {
		return new TaskEvent("default", "Task", "call", TaskEvent.Outcome.SUCCESS, Duration.ofMillis(3),
				Duration.ofMillis(1), Duration.ofMillis(2));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SpanProcessor endedSpans() {
			return new SpanProcessor() {

				@Override
				public void onStart(Context parent, ReadWriteSpan span) {
				}

				@Override
				public boolean isStartRequired() {
					return false;
				}

				@Override
				public void onEnd(ReadableSpan span) {
					ended.add(span.toSpanData());
				}

				@Override
				public boolean isEndRequired() {
					return true;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHandler {

		@Bean
		ObservationHandler<Observation.Context> ownHandler() {
			return new ObservationHandler<>() {

				@Override
				public void onStart(Observation.Context context) {
					context.addLowCardinalityKeyValue(KeyValue.of("application", "own"));
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConventions {

		@Bean
		TaskObservationConvention ownTaskConvention() {
			return new DefaultTaskObservationConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(TaskObservationContext context) {
					return super.getLowCardinalityKeyValues(context).and("application", "own");
				}

			};
		}

		@Bean
		TaskExecutionConvention ownExecutionConvention() {
			return new DefaultTaskExecutionConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(TaskExecutionContext context) {
					return super.getLowCardinalityKeyValues(context).and("application", "own");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		ObservationFilter ownFilter() {
			return (context) -> context.addLowCardinalityKeyValue(KeyValue.of("application", "own"));
		}

	}

	/**
	 * Notes what it is told.
	 */
	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> seen = new ArrayList<>();

		@Override
		public void onStart(Observation.Context context) {
			note("start", context);
		}

		@Override
		public void onError(Observation.Context context) {
			note("error", context);
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			note("open", context);
		}

		@Override
		public void onScopeClosed(Observation.Context context) {
			note("close", context);
		}

		@Override
		public void onStop(Observation.Context context) {
			note("stop", context);
		}

		private void note(String what, Observation.Context context) {
			KeyValue outcome = context.getLowCardinalityKeyValue("outcome");
			this.seen.add(what + " " + context.getName() + " " + ((outcome != null) ? outcome.getValue() : null));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
