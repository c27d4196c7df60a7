package io.github.processpool.observed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.github.processpool.DeferToProcess;
import io.github.processpool.autoconfigure.ProcessPoolEventAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolMetricsAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolObservationAutoConfiguration;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what it costs a call to be watched: one call at a time and many in flight,
 * without anything that watches, with timers, and with observation, traces and MDC.
 */
class OverheadTimings {

	private static final int ROUNDS = 9;

	private static final int CALLS = 20_000;

	private static final int FLOOD = 60_000;

	private static final int IN_FLIGHT = 1000;

	@Test
	void watchingShouldCostLittle() throws Exception {
		try (Watched bare = new Watched("nothing", false, ProcessPoolMetricsAutoConfiguration.class,
				ProcessPoolObservationAutoConfiguration.class, ProcessPoolEventAutoConfiguration.class);
				Watched timers = new Watched("timers", false, ProcessPoolObservationAutoConfiguration.class,
						ProcessPoolEventAutoConfiguration.class);
				Watched sampled = new Watched("timers, observation, MDC, 1 of 10 traces", true);
				Watched all = new Watched("timers, observation, MDC, all traces", true)) {
			List<Watched> each = List.of(bare, timers, sampled, all);
			for (int round = 0; round < ROUNDS; round++) {
				for (Watched watched : each) {
					watched.measure(round > 1);
				}
			}
			Files.writeString(Path.of("target", "overhead.txt"),
					each.stream().map(Watched::toString).collect(Collectors.joining("\n", "", "\n"))
							+ "one observation of nothing, 1 of 10 traces: %.1f us%n".formatted(sampled.observation()));
			assertThat(timers.latency()).as("one at a time, with timers").isLessThan(bare.latency() * 1.1);
			// What libraries of observation and traces take on both sides is not ours
			assertThat(timers.rate()).as("many in flight, with timers").isGreaterThan(bare.rate() / 1.3);
			assertThat(sampled.latency()).as("one at a time, with all").isLessThan(bare.latency() + 8);
		}
	}

	/**
	 * One application, with workers of its own.
	 */
	private static final class Watched implements AutoCloseable {

		private final String by;

		private final boolean tagged;

		private final ConfigurableApplicationContext context;

		private final Echo echo;

		private final List<Double> latencies = new ArrayList<>();

		private final List<Double> rates = new ArrayList<>();

		Watched(String by, boolean tagged, Class<?>... excluded) {
			this.by = by;
			this.tagged = tagged;
			String exclude = Stream.concat(Stream.of(FlywayAutoConfiguration.class), Arrays.stream(excluded))
				.map(Class::getName)
				.collect(Collectors.joining(","));
			this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run("--spring.autoconfigure.exclude=" + exclude, "--process-pool.core-size=1",
						"--process-pool.max-size=1", "--process-pool.worker.max-heap=96MB",
						"--process-pool.queue-capacity=20000",
						"--management.tracing.sampling.probability=" + (by.contains("all traces") ? "1.0" : "0.1"));
			this.echo = this.context.getBean(Echo.class);
		}

		void measure(boolean counts) throws Exception {
			if (this.tagged) {
				MDC.put("tenant", "example");
			}
			try {
				double latency = oneAtATime();
				double rate = flood();
				if (counts) {
					this.latencies.add(latency);
					this.rates.add(rate);
				}
			}
			finally {
				MDC.clear();
			}
		}

		private double oneAtATime() {
			long[] nanos = new long[CALLS];
			for (int i = 0; i < CALLS; i++) {
				long start = System.nanoTime();
				int answer = this.echo.plain(i);
				nanos[i] = System.nanoTime() - start;
				if (answer != i) {
					throw new IllegalStateException("another answer");
				}
			}
			Arrays.sort(nanos);
			return nanos[CALLS / 2] / 1e3;
		}

		private double flood() throws Exception {
			Deque<CompletableFuture<Integer>> inFlight = new ArrayDeque<>();
			long start = System.nanoTime();
			for (int i = 0; i < FLOOD; i++) {
				if (inFlight.size() == IN_FLIGHT) {
					inFlight.remove().get();
				}
				inFlight.add(this.echo.future(i));
			}
			for (CompletableFuture<Integer> future : inFlight) {
				future.get();
			}
			return FLOOD / ((System.nanoTime() - start) / 1e9);
		}

		/**
		 * What the libraries take for one of the two observations of a call.
		 */
		double observation() {
			ObservationRegistry registry = this.context.getBean(ObservationRegistry.class);
			List<Double> micros = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				long start = System.nanoTime();
				for (int i = 0; i < CALLS; i++) {
					Observation.createNotStarted("nothing", registry)
						.lowCardinalityKeyValue("class", "Echo")
						.lowCardinalityKeyValue("method", "plain")
						.observe(() -> {
						});
				}
				micros.add((System.nanoTime() - start) / 1e3 / CALLS);
			}
			return median(micros);
		}

		double latency() {
			return median(this.latencies);
		}

		double rate() {
			return median(this.rates);
		}

		private static double median(List<Double> values) {
			return values.stream().sorted().toList().get(values.size() / 2);
		}

		@Override
		public String toString() {
			return "%s: one at a time %.1f us, many in flight %.0f calls/s".formatted(this.by, latency(), rate());
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Echo overheadEcho() {
			return new Echo();
		}

	}

	static class Echo {

		@DeferToProcess
		int plain(int value) {
			return value;
		}

		@DeferToProcess
		CompletableFuture<Integer> future(int value) {
			return CompletableFuture.completedFuture(value);
		}

	}

}
