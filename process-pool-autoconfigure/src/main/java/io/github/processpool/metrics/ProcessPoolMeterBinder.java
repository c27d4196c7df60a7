package io.github.processpool.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import io.github.processpool.WorkerStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of what the pools are like at present, and of what their workers have cost so
 * far, which these tell with their heartbeats. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ProcessPoolMeterBinder implements MeterBinder, PoolListener {

	private static final List<WorkerState> STATES = List.of(WorkerState.STARTING, WorkerState.IDLE, WorkerState.BUSY,
			WorkerState.RETIRING);

	private final ProcessPools pools;

	private final ProcessPoolMeterConvention convention;

	private final Map<String, WorkerCosts> costs = new ConcurrentHashMap<>();

	/**
	 * Creates meters with the default names and tags.
	 * @param pools the pools
	 */
	public ProcessPoolMeterBinder(ProcessPools pools) {
		this(pools, new DefaultProcessPoolMeterConvention());
	}

	/**
	 * Creates meters.
	 * @param pools the pools
	 * @param convention their names and tags
	 */
	public ProcessPoolMeterBinder(ProcessPools pools, ProcessPoolMeterConvention convention) {
		this.pools = pools;
		this.convention = convention;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ProcessPool pool : this.pools) {
			bindTasks(registry, pool);
			bindWorkers(registry, pool);
		}
	}

	private void bindTasks(MeterRegistry registry, ProcessPool pool) {
		gauge(registry, pool, ProcessPoolMeters.TASKS_QUEUED, PoolSnapshot::queuedTasks);
		gauge(registry, pool, ProcessPoolMeters.TASKS_QUEUED_BYTES, PoolSnapshot::queuedBytes);
		// A counter that begins with its first event hides that event from rates
		PoolMeters.of(registry, this.convention, pool.getName());
	}

	private void bindWorkers(MeterRegistry registry, ProcessPool pool) {
		for (WorkerState state : STATES) {
			Gauge
				.builder(this.convention.getName(ProcessPoolMeters.WORKERS), pool,
						(measured) -> measured.snapshot().workers(state))
				.description(ProcessPoolMeters.WORKERS.getDescription())
				.tags(this.convention.getWorkerTags(pool.getName(), state))
				.register(registry);
		}
		gauge(registry, pool, ProcessPoolMeters.WORKER_HEAP, (snapshot) -> sum(snapshot, WorkerStatistics::heapUsed));
		gauge(registry, pool, ProcessPoolMeters.WORKER_MEMORY,
				(snapshot) -> sum(snapshot, WorkerStatistics::residentBytes));
		WorkerCosts cost = costs(pool.getName());
		counter(registry, pool, ProcessPoolMeters.WORKER_CPU, cost, WorkerCosts::cpuSeconds);
		counter(registry, pool, ProcessPoolMeters.WORKER_GC, cost, WorkerCosts::gcSeconds);
	}

	private void gauge(MeterRegistry registry, ProcessPool pool, ProcessPoolMeters meter,
			ToDoubleFunction<PoolSnapshot> value) {
		Gauge.builder(this.convention.getName(meter), pool, (measured) -> value.applyAsDouble(measured.snapshot()))
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(this.convention.getPoolTags(pool.getName()))
			.register(registry);
	}

	private void counter(MeterRegistry registry, ProcessPool pool, ProcessPoolMeters meter, WorkerCosts cost,
			ToDoubleFunction<WorkerCosts> value) {
		FunctionCounter.builder(this.convention.getName(meter), cost, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(this.convention.getPoolTags(pool.getName()))
			.register(registry);
	}

	private static double sum(PoolSnapshot snapshot, ToLongFunction<WorkerStatistics> value) {
		long sum = 0;
		for (WorkerSnapshot worker : snapshot.workers()) {
			if (worker.statistics() != null) {
				sum += Math.max(0, value.applyAsLong(worker.statistics()));
			}
		}
		return sum;
	}

	@Override
	public boolean hearsTasks() {
		return false;
	}

	@Override
	public void heartbeat(String pool, WorkerSnapshot worker) {
		if (worker.statistics() != null) {
			costs(pool).report(worker.id(), worker.statistics());
		}
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		costs(pool).end(exit.workerId());
	}

	private WorkerCosts costs(String pool) {
		return this.costs.computeIfAbsent(pool, (name) -> new WorkerCosts());
	}

}
