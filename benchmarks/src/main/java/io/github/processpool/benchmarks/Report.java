package io.github.processpool.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

import io.github.processpool.benchmarks.calls.Percentiles;

/**
 * The figures as Markdown.
 */
final class Report {

	private final StringBuilder text = new StringBuilder();

	private Report() {
	}

	static String of(Map<String, String> machine, Figures figures) {
		Report report = new Report();
		report.machine(machine);
		report.goals(figures);
		report.all(figures);
		return report.text.toString();
	}

	private void machine(Map<String, String> facts) {
		facts.forEach((name, value) -> line("- " + name + ": " + value));
		line("");
	}

	private void goals(Figures figures) {
		line("| workload | unit | goal | ours | limit | best peer | ours / limit | ours / peer | reached |");
		line("|---|---|---|---:|---:|---|---:|---:|---|");
		for (Goal goal : Goal.ALL) {
			OptionalDouble ours = figures.ours(goal.metric());
			if (ours.isEmpty()) {
				continue;
			}
			OptionalDouble limit = figures.limit(goal.metric(), goal.lowerIsBetter());
			OptionalDouble peer = figures.bestPeer(goal.metric(), goal.lowerIsBetter());
			String name = figures.nameOfBestPeer(goal.metric(), goal.lowerIsBetter());
			line("| %s | %s | %s | %s | %s | %s | %s | %s | %s |".formatted(goal.metric(), goal.unit(), goal.text(),
					number(ours), number(limit), peer.isPresent() ? number(peer) + " (" + name + ")" : "",
					ratio(ours, limit), ratio(ours, peer), goal.reached(figures)));
		}
		line("");
	}

	private void all(Figures figures) {
		line("| figure | of | median | least | most | repetitions |");
		line("|---|---|---:|---:|---:|---:|");
		figures.values().forEach((metric, contenders) -> contenders.forEach((contender, values) -> {
			double[] sorted = values.clone();
			Arrays.sort(sorted);
			line("| %s | %s | %s | %s | %s | %d |".formatted(metric, contender, number(Percentiles.median(sorted)),
					number(sorted[0]), number(sorted[sorted.length - 1]), sorted.length));
		}));
	}

	private static String ratio(OptionalDouble ours, OptionalDouble other) {
		return (other.isPresent() && other.getAsDouble() != 0)
				? "%.2f".formatted(ours.getAsDouble() / other.getAsDouble()) : "";
	}

	private static String number(OptionalDouble value) {
		return value.isPresent() ? number(value.getAsDouble()) : "";
	}

	static String number(double value) {
		String format = (Math.abs(value) >= 1000) ? "%,.0f"
				: (Math.abs(value) >= 100) ? "%.0f" : (Math.abs(value) >= 10) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, format, value);
	}

	private void line(String line) {
		this.text.append(line).append('\n');
	}

}
