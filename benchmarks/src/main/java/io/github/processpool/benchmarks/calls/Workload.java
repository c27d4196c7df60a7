package io.github.processpool.benchmarks.calls;

import java.util.List;

/**
 * What a {@link Contender} is measured with.
 */
public enum Workload {

	/** One no-op call after the other: microseconds. */
	ONE_AT_A_TIME("W1", 0, "W1 p50", "W1 p99"),

	/** No-op calls with 1000 in flight: calls per second. */
	FLOOD("W2", 0, "W2"),

	/** Echo of 64 KiB: megabytes of payload, counted once, per second. */
	ECHO_64_KIB("W3", 64 << 10, "W3 64 KiB"),

	/** Echo of 1 MiB. */
	ECHO_1_MIB("W3", 1 << 20, "W3 1 MiB"),

	/** Echo of 16 MiB. */
	ECHO_16_MIB("W3", 16 << 20, "W3 16 MiB"),

	/** Echo of a list of 1000 small records: milliseconds. */
	RECORDS("W3b", 0, "W3b"),

	/** Tasks of 20 ms of processor time: percent of what the processors can do. */
	PROCESSOR_TIME("W4", 0, "W4");

	/** Calls in flight of {@link #FLOOD}. */
	public static final int IN_FLIGHT = 1000;

	/** Records of {@link #RECORDS}. */
	public static final int RECORD_COUNT = 1000;

	/** Processor time of a task of {@link #PROCESSOR_TIME}. */
	public static final int TASK_MILLIS = 20;

	/** Most tasks of {@link #PROCESSOR_TIME}. */
	public static final int TASK_COUNT = 200;

	private final String row;

	private final int bytes;

	private final List<String> metrics;

	Workload(String row, int bytes, String... metrics) {
		this.row = row;
		this.bytes = bytes;
		this.metrics = List.of(metrics);
	}

	public String row() {
		return this.row;
	}

	public int bytes() {
		return this.bytes;
	}

	public List<String> metrics() {
		return this.metrics;
	}

}
