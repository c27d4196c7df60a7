package io.github.processpool.benchmarks;

/**
 * A measured figure.
 *
 * @param metric what was measured, such as {@code W1 p50 pinned}
 * @param contender who was measured
 * @param repetition number of the repetition, from 1
 * @param value the figure, in the unit of the metric
 */
record Sample(String metric, String contender, int repetition, double value) {

}
