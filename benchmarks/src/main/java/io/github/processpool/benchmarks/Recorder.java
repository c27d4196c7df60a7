package io.github.processpool.benchmarks;

import java.io.PrintStream;

import tools.jackson.databind.json.JsonMapper;

/**
 * Where a section leaves its figures: standard output, one a line as JSON. Progress is
 * told on standard error.
 */
final class Recorder {

	private final JsonMapper json = new JsonMapper();

	private final PrintStream out;

	private final String suffix;

	/**
	 * Creates a recorder.
	 * @param out where to write to
	 * @param suffix what is added to the names of metrics
	 */
	Recorder(PrintStream out, String suffix) {
		this.out = out;
		this.suffix = suffix;
	}

	void record(String metric, String contender, int repetition, double value) {
		this.out.println(this.json.writeValueAsString(new Sample(metric + this.suffix, contender, repetition, value)));
		this.out.flush();
		System.err.printf("%-28s %-28s %2d  %,.3f%n", metric + this.suffix, contender, repetition, value);
	}

}
