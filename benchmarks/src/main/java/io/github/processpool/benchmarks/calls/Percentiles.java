package io.github.processpool.benchmarks.calls;

import java.util.Arrays;

/**
 * Percentiles of measured values.
 */
public final class Percentiles {

	private Percentiles() {
	}

	/**
	 * Sorts the first values and returns one.
	 * @param values the values
	 * @param count how many there are
	 * @param fraction which, from 0 to 1
	 * @return the value
	 */
	public static double of(long[] values, int count, double fraction) {
		Arrays.sort(values, 0, count);
		return values[Math.min(count - 1, (int) (count * fraction))];
	}

	/**
	 * The middle one of some values.
	 * @param values the values, at least one
	 * @return the median
	 */
	public static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
