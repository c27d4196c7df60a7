package io.github.processpool.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * What tells of all tasks of a pool together.
 *
 * @param waits time of tasks from submission to dispatch
 * @param retries number of second and further starts of tasks
 * @param sent bytes of arguments sent
 * @param received bytes of results received
 */
record PoolMeters(Timer waits, Counter retries, Counter sent, Counter received) {

	static PoolMeters of(MeterRegistry registry, ProcessPoolMeterConvention convention, String pool) {
		Tags tags = convention.getPoolTags(pool);
		return new PoolMeters(
				Timer.builder(convention.getName(ProcessPoolMeters.TASK_WAIT))
					.description(ProcessPoolMeters.TASK_WAIT.getDescription())
					.tags(tags)
					.register(registry),
				counter(registry, convention, ProcessPoolMeters.TASK_RETRIES, tags),
				counter(registry, convention, ProcessPoolMeters.BYTES_SENT, tags),
				counter(registry, convention, ProcessPoolMeters.BYTES_RECEIVED, tags));
	}

	private static Counter counter(MeterRegistry registry, ProcessPoolMeterConvention convention,
			ProcessPoolMeters meter, Tags tags) {
		return Counter.builder(convention.getName(meter))
			.description(meter.getDescription())
			.tags(tags)
			.register(registry);
	}

}
