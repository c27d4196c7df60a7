package io.github.processpool.benchmarks.calls;

import java.time.Duration;

/**
 * A way to call something in another process. Confined to one thread.
 */
public interface Contender extends AutoCloseable {

	/**
	 * Name in tables.
	 * @return the name
	 */
	String name();

	/**
	 * Does a workload.
	 * @param workload what to do
	 * @param time how long
	 * @return the figures in the order of {@link Workload#metrics()}, or an empty array
	 * if this contender cannot do it
	 * @throws Exception if a call fails
	 */
	double[] measure(Workload workload, Duration time) throws Exception;

	@Override
	void close();

}
