package io.github.processpool.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.processpool.benchmarks.calls.PoolContender;

/**
 * The percentiles of {@link PausesSection} as a picture. It follows the colour scheme of
 * whoever looks at it.
 */
final class LatencyPlot {

	private static final int WIDTH = 760;

	private static final int HEIGHT = 420;

	private static final int LEFT = 70;

	private static final int RIGHT = 165;

	private static final int TOP = 50;

	private static final int BOTTOM = 60;

	private static final double[] MARKED_PERCENTILES = { 50, 90, 99, 99.9, 99.99 };

	private static final Map<String, String> CURVES = curves();

	private final StringBuilder svg = new StringBuilder();

	private final double least;

	private final double most;

	private LatencyPlot(double least, double most) {
		this.least = least;
		this.most = most;
	}

	private static Map<String, String> curves() {
		Map<String, String> curves = new LinkedHashMap<>();
		curves.put("same JVM", "in the same JVM");
		curves.put(PoolContender.NAME, "deferred to a worker");
		curves.put("nothing", "no job");
		return curves;
	}

	/**
	 * Draws it.
	 * @param figures the figures
	 * @return the picture, or an empty string if it was not measured
	 */
	static String of(Figures figures) {
		double[] values = CURVES.keySet()
			.stream()
			.flatMapToDouble((name) -> Arrays.stream(PausesSection.PERCENTILES)
				.flatMap((percentile) -> figures.median(PausesSection.metric(percentile), name).stream()))
			.toArray();
		if (values.length < CURVES.size() * PausesSection.PERCENTILES.length) {
			return "";
		}
		double least = Arrays.stream(values).min().orElseThrow();
		double most = Arrays.stream(values).max().orElseThrow();
		LatencyPlot plot = new LatencyPlot(Math.pow(10, Math.floor(Math.log10(least))),
				Math.pow(10, Math.ceil(Math.log10(most))));
		plot.draw(figures);
		return plot.svg.toString();
	}

	private void draw(Figures figures) {
		line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
				WIDTH, HEIGHT, WIDTH, HEIGHT);
		line("<title>How late a tick of 1 ms comes while a job keeps 400 MB alive and allocates 1 GB/s</title>");
		line("""
				<style>
				svg { background: #ffffff; font-family: system-ui, sans-serif; font-size: 13px; }
				text { fill: #24292f; }
				.grid { stroke: #d0d7de; stroke-width: 1; }
				.curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
				.c0 { stroke: #c93c20; } text.c0 { stroke: none; fill: #c93c20; }
				.c1 { stroke: #0b6bcb; } text.c1 { stroke: none; fill: #0b6bcb; }
				.c2 { stroke: #6e7781; stroke-dasharray: 6 4; } text.c2 { stroke: none; fill: #6e7781; }
				@media (prefers-color-scheme: dark) {
				svg { background: #0d1117; } text { fill: #e6edf3; } .grid { stroke: #30363d; }
				.c0 { stroke: #ff8266; } text.c0 { fill: #ff8266; }
				.c1 { stroke: #58a6ff; } text.c1 { fill: #58a6ff; }
				.c2 { stroke: #9198a1; } text.c2 { fill: #9198a1; }
				}
				</style>""");
		line("<text x=\"%d\" y=\"24\" font-size=\"15\">A 1 ms tick beside a job that keeps 400 MB alive and allocates"
				+ " 1 GB/s</text>", LEFT);
		axes();
		int number = 0;
		double[] labels = new double[CURVES.size()];
		for (Map.Entry<String, String> curve : CURVES.entrySet()) {
			curve(figures, curve.getKey(), curve.getValue(), number++, labels);
		}
		line("</svg>");
	}

	private void axes() {
		for (double value = this.least; value <= this.most * 1.001; value *= 10) {
			line("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y(value),
					y(value));
			line("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y(value) + 4,
					(value >= 1) ? String.valueOf(Math.round(value)) : String.valueOf((float) value));
		}
		for (double percentile : MARKED_PERCENTILES) {
			line("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x(percentile), x(percentile),
					TOP, HEIGHT - BOTTOM);
			line("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(percentile), HEIGHT - BOTTOM + 20,
					(percentile == Math.rint(percentile)) ? String.valueOf((int) percentile)
							: String.valueOf(percentile));
		}
		line("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">percentile of ticks</text>", (LEFT + WIDTH - RIGHT) / 2,
				HEIGHT - 14);
		line("<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">late by, in ms</text>",
				(TOP + HEIGHT - BOTTOM) / 2);
	}

	private void curve(Figures figures, String name, String label, int number, double[] labels) {
		StringBuilder points = new StringBuilder();
		double last = 0;
		for (double percentile : PausesSection.PERCENTILES) {
			last = y(figures.median(PausesSection.metric(percentile), name).orElseThrow());
			points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(percentile), last));
		}
		line("<polyline class=\"curve c%d\" points=\"%s\"/>", number, points.toString().trim());
		// Labels of curves that end close together must not lie on each other
		double place = last;
		for (int i = 0; i < number; i++) {
			if (Math.abs(labels[i] - place) < 16) {
				place = labels[i] + 16;
			}
		}
		labels[number] = place;
		line("<text class=\"c%d\" x=\"%d\" y=\"%.1f\">%s</text>", number, WIDTH - RIGHT + 8, place + 4, label);
	}

	/** The closer to 100, the wider: each nine takes the same room. */
	private static double x(double percentile) {
		double nines = -Math.log10(1 - percentile / 100);
		double first = -Math.log10(0.5);
		double last = 4;
		return LEFT + (nines - first) / (last - first) * (WIDTH - LEFT - RIGHT);
	}

	private double y(double value) {
		double part = (Math.log10(value) - Math.log10(this.least)) / (Math.log10(this.most) - Math.log10(this.least));
		return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
	}

	private void line(String format, Object... values) {
		this.svg.append((values.length == 0) ? format : String.format(Locale.ROOT, format, values)).append('\n');
	}

}
