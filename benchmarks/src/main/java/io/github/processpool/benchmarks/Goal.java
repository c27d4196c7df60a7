package io.github.processpool.benchmarks;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a metric is to reach.
 *
 * @param metric the metric
 * @param unit its unit
 * @param lowerIsBetter whether
 * @param text the goal in words
 * @param bound the goal as a figure, which may depend on others of the same run
 */
record Goal(String metric, String unit, boolean lowerIsBetter, String text, ToDoubleFunction<Figures> bound) {

	static final List<Goal> ALL = List.of(
			lower("W1 p50 pinned", "µs", "at most 2 sockets and 0.5 of the best peer",
					(run) -> Math.min(2 * limit(run, "W1 p50 pinned", true), 0.5 * peer(run, "W1 p50 pinned", true))),
			lower("W1 p50", "µs", "at most 0.7 of the best peer", (run) -> 0.7 * peer(run, "W1 p50", true)),
			higher("W2 pinned", "calls/s", "at least 10 times the best peer",
					(run) -> 10 * peer(run, "W2 pinned", false)),
			higher("W2", "calls/s", "at least 10 times the best peer", (run) -> 10 * peer(run, "W2", false)),
			echo("W3 64 KiB"), echo("W3 1 MiB"), echo("W3 16 MiB"), lower("W3b", "ms", "at most 0.45", (run) -> 0.45),
			higher("W4", "%", "at least 97", (run) -> 97), information("W5 first start", "ms"),
			lower("W5", "ms", "at most 120", (run) -> 120), information("W5b fat jar first: ready", "ms"),
			ready("W5b fat jar second: ready"), information("W5b fat jar second: result", "ms"),
			size("W5b fat jar second: PSS"), information("W5b flat first: ready", "ms"),
			ready("W5b flat second: ready"), information("W5b flat second: result", "ms"), size("W5b flat second: PSS"),
			lower("W7", "MB", "at most 40", (run) -> 40),
			lower(PausesSection.LATE, "of 1000", "at most 1.0 more than with no job",
					(run) -> 1 + limit(run, PausesSection.LATE, true)),
			lower("W8 p99", "ms", "at most 1.0", (run) -> 1),
			higher("W9", "of the parent's speed", "at least 0.95", (run) -> 0.95));

	private static Goal lower(String metric, String unit, String text, ToDoubleFunction<Figures> bound) {
		return new Goal(metric, unit, true, text, bound);
	}

	private static Goal information(String metric, String unit) {
		return lower(metric, unit, "", (run) -> Double.NaN);
	}

	private static Goal ready(String metric) {
		int wanted = (Runtime.version().feature() >= 25) ? 700 : 900;
		return lower(metric, "ms", "at most " + wanted, (run) -> wanted);
	}

	private static Goal size(String metric) {
		return lower(metric, "MB", "at most 160", (run) -> 160);
	}

	private static Goal higher(String metric, String unit, String text, ToDoubleFunction<Figures> bound) {
		return new Goal(metric, unit, false, text, bound);
	}

	private static Goal echo(String metric) {
		return higher(metric, "MB/s", "at least 0.45 of the socket, ahead of every peer",
				(run) -> Math.max(0.45 * limit(run, metric, false), peer(run, metric, false)));
	}

	private static double limit(Figures run, String metric, boolean lowerIsBetter) {
		return run.limit(metric, lowerIsBetter).orElse(Double.NaN);
	}

	private static double peer(Figures run, String metric, boolean lowerIsBetter) {
		return run.bestPeer(metric, lowerIsBetter).orElse(Double.NaN);
	}

	/**
	 * Whether the goal was reached.
	 * @param run the figures
	 * @return {@code yes}, {@code no}, or nothing if something was not measured
	 */
	String reached(Figures run) {
		OptionalDouble ours = run.ours(this.metric);
		double wanted = this.bound.applyAsDouble(run);
		if (ours.isEmpty() || Double.isNaN(wanted)) {
			return "";
		}
		boolean reached = this.lowerIsBetter ? ours.getAsDouble() <= wanted : ours.getAsDouble() >= wanted;
		return reached ? "yes" : "**no**";
	}

}
