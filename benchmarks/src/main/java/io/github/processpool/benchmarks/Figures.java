package io.github.processpool.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.processpool.benchmarks.calls.Percentiles;
import io.github.processpool.benchmarks.calls.PoolContender;

/**
 * Medians of all repetitions.
 */
final class Figures {

	/** What is neither ours nor a peer. */
	private static final Set<String> LIMITS = Set.of("raw socket", "raw socket, batched", "nothing", "bare JVM",
			"parent");

	private final Map<String, Map<String, double[]>> values;

	Figures(Collection<Sample> samples) {
		this.values = samples.stream()
			.collect(Collectors.groupingBy(Sample::metric, LinkedHashMap::new, Collectors.groupingBy(Sample::contender,
					LinkedHashMap::new, Collectors.collectingAndThen(Collectors.toList(), Figures::toArray))));
	}

	private static double[] toArray(List<Sample> samples) {
		return samples.stream().mapToDouble(Sample::value).toArray();
	}

	Map<String, Map<String, double[]>> values() {
		return this.values;
	}

	OptionalDouble median(String metric, String contender) {
		double[] found = this.values.getOrDefault(metric, Map.of()).get(contender);
		return (found != null) ? OptionalDouble.of(Percentiles.median(found)) : OptionalDouble.empty();
	}

	OptionalDouble ours(String metric) {
		return median(metric, PoolContender.NAME);
	}

	OptionalDouble limit(String metric, boolean lowerIsBetter) {
		return best(metric, lowerIsBetter, (name) -> LIMITS.contains(name) && !name.equals("raw socket, batched"));
	}

	OptionalDouble bestPeer(String metric, boolean lowerIsBetter) {
		return best(metric, lowerIsBetter, (name) -> !LIMITS.contains(name) && !name.startsWith(PoolContender.NAME));
	}

	/** Who is the best of the peers. */
	String nameOfBestPeer(String metric, boolean lowerIsBetter) {
		double best = bestPeer(metric, lowerIsBetter).orElse(Double.NaN);
		return this.values.getOrDefault(metric, Map.of())
			.keySet()
			.stream()
			.filter((name) -> !LIMITS.contains(name) && !name.startsWith(PoolContender.NAME))
			.filter((name) -> median(metric, name).orElse(Double.NaN) == best)
			.findFirst()
			.orElse("");
	}

	private OptionalDouble best(String metric, boolean lowerIsBetter, Predicate<String> contenders) {
		var medians = this.values.getOrDefault(metric, Map.of())
			.keySet()
			.stream()
			.filter(contenders)
			.mapToDouble((name) -> median(metric, name).orElseThrow());
		return lowerIsBetter ? medians.min() : medians.max();
	}

}
