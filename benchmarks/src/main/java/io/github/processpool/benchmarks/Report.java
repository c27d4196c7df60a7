package io.github.processpool.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

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
		if (Goal.ALL.stream().allMatch((goal) -> figures.ours(goal.metric()).isEmpty())) {
			return;
		}
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

	/** Metrics of the same contenders side by side: median, least and most. */
	private void all(Figures figures) {
		Map<Set<String>, List<String>> groups = new LinkedHashMap<>();
		figures.values()
			.forEach((metric, contenders) -> groups.computeIfAbsent(contenders.keySet(), (key) -> new ArrayList<>())
				.add(metric));
		groups.forEach((contenders, metrics) -> {
			line("| | " + String.join(" | ", contenders) + " |");
			line("|---|" + "---:|".repeat(contenders.size()));
			for (String metric : metrics) {
				Map<String, double[]> row = Objects.requireNonNull(figures.values().get(metric));
				line("| " + metric + " | "
						+ contenders.stream()
							.map((contender) -> cell(Objects.requireNonNull(row.get(contender))))
							.collect(Collectors.joining(" | "))
						+ " |");
			}
			line("");
		});
	}

	private static String cell(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		String median = number(Percentiles.median(sorted));
		return (sorted.length == 1) ? median
				: median + " (" + number(sorted[0]) + "–" + number(sorted[sorted.length - 1]) + ")";
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
