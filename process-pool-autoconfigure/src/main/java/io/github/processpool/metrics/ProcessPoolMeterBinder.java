package io.github.processpool.metrics;

import java.util.List;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.WorkerState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of what the pools are like at present: workers by state, tasks that wait.
 *
 * @since 0.1.0
 */
public final class ProcessPoolMeterBinder implements MeterBinder {

	private static final List<WorkerState> STATES = List.of(WorkerState.STARTING, WorkerState.IDLE, WorkerState.BUSY,
			WorkerState.RETIRING);

	private final ProcessPools pools;

	public ProcessPoolMeterBinder(ProcessPools pools) {
		this.pools = pools;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ProcessPool pool : this.pools) {
			for (WorkerState state : STATES) {
				Gauge.builder(MeterNames.WORKERS, pool, (measured) -> measured.snapshot().workers(state))
					.description("Number of workers in a state")
					.tag(MeterNames.POOL_TAG, pool.getName())
					.tag(MeterNames.STATE_TAG, MeterNames.tagValue(state))
					.register(registry);
			}
			Gauge.builder(MeterNames.TASKS_QUEUED, pool, (measured) -> measured.snapshot().queuedTasks())
				.description("Number of tasks that wait for a worker")
				.tag(MeterNames.POOL_TAG, pool.getName())
				.register(registry);
		}
	}

}
