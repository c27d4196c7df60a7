package io.github.processpool.benchmarks;

import java.io.BufferedReader;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.benchmarks.calls.Churn;
import io.github.processpool.benchmarks.calls.Percentiles;
import io.github.processpool.benchmarks.calls.PoolContender;
import tools.jackson.databind.json.JsonMapper;

/**
 * How late a tick of one millisecond is while a heavy job runs: in the same JVM, in a
 * worker, or not at all. Each in a JVM of its own, with default settings.
 */
final class PausesSection {

	static final String LATE = "W8 late";

	/** Percentiles that are told, as in the names of metrics. */
	static final double[] PERCENTILES = { 50, 75, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.98, 99.99 };

	private static final List<String> MODES = List.of("nothing", PoolContender.NAME, "same JVM");

	private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private PausesSection() {
	}

	static String metric(double percentile) {
		return "W8 p"
				+ (percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile));
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		int ticks = options.quick() ? 3000 : 10_000;
		for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
			for (String mode : MODES) {
				double[] figures;
				try (ChildJava child = ChildJava.start(List.of(), List.of(), PausesSection.class.getName(),
						List.of(mode, String.valueOf(ticks))); BufferedReader lines = child.process().inputReader()) {
					figures = new JsonMapper().readValue(lines.readLine(), double[].class);
				}
				recorder.record(LATE, mode, repetition, figures[0]);
				for (int i = 0; i < PERCENTILES.length; i++) {
					recorder.record(metric(PERCENTILES[i]), mode, repetition, figures[i + 1]);
				}
			}
		}
	}

	/**
	 * Measures one way.
	 * @param args the way, the number of ticks
	 * @throws Exception if the job fails
	 */
	public static void main(String[] args) throws Exception {
		int ticks = Integer.parseInt(args[1]);
		Ticks.run(500);
		// The job fills its memory before the ticks begin, and goes on until they end
		int warmUp = 2000;
		double[] figures = switch (args[0]) {
			case "nothing" -> figures(Ticks.run(ticks));
			case "same JVM" ->
				during(CompletableFuture.supplyAsync(() -> Churn.run(ticks + 2 * warmUp)), warmUp, ticks);
			default -> {
				try (PoolContender pool = new PoolContender(1)) {
					yield during(pool.service().churn(ticks + 2 * warmUp), warmUp, ticks);
				}
			}
		};
		System.out.println(new JsonMapper().writeValueAsString(figures));
		System.exit(0);
	}

	private static double[] during(CompletableFuture<Long> job, int warmUp, int ticks) throws Exception {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(warmUp));
		double[] figures = figures(Ticks.run(ticks));
		if (job.isDone()) {
			throw new IllegalStateException("The job ended before the ticks: " + job);
		}
		job.get(60, TimeUnit.SECONDS);
		return figures;
	}

	private static double[] figures(long[] late) {
		double[] figures = new double[PERCENTILES.length + 1];
		figures[0] = 1000.0 * Arrays.stream(late).filter((nanos) -> nanos > LATE_NANOS).count() / late.length;
		for (int i = 0; i < PERCENTILES.length; i++) {
			figures[i + 1] = Percentiles.of(late, late.length, PERCENTILES[i] / 100) / 1e6;
		}
		return figures;
	}

}
