package io.github.processpool.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskRetry;
import io.github.processpool.TaskTransfer;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Timers and counters of what happens in the pools: tasks, starts and ends of workers.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class TaskMeters implements PoolListener {

	/**
	 * Without it, tasks whose classes are made at run time could fill the memory of this
	 * JVM and of whoever stores the meters.
	 */
	private static final int MOST_KINDS = 1000;

	private final MeterRegistry registry;

	private final ProcessPoolMeterConvention convention;

	private final Map<String, PoolMeters> pools = new ConcurrentHashMap<>();

	private final Map<TaskKind, TaskTimers> tasks = new ConcurrentHashMap<>();

	/**
	 * Creates meters with the default names and tags.
	 * @param registry where they are registered
	 */
	public TaskMeters(MeterRegistry registry) {
		this(registry, new DefaultProcessPoolMeterConvention());
	}

	/**
	 * Creates meters.
	 * @param registry where they are registered
	 * @param convention their names and tags
	 */
	public TaskMeters(MeterRegistry registry, ProcessPoolMeterConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public void taskFinished(TaskEvent event) {
		timers(TaskKind.of(event)).record(event);
		PoolMeters pool = pool(event.pool());
		if (event.waited() != null) {
			pool.waits().record(event.waited());
		}
		TaskTransfer transfer = event.transfer();
		if (transfer != null) {
			pool.sent().increment(transfer.sentBytes());
			pool.received().increment(transfer.receivedBytes());
		}
	}

	@Override
	public void taskRetried(TaskRetry retry) {
		pool(retry.pool()).retries().increment();
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		Timer.builder(this.convention.getName(ProcessPoolMeters.WORKER_STARTUP))
			.description(ProcessPoolMeters.WORKER_STARTUP.getDescription())
			.tags(this.convention.getPoolTags(pool))
			.register(this.registry)
			.record(startupTime);
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		Counter.builder(this.convention.getName(ProcessPoolMeters.WORKERS_TERMINATED))
			.description(ProcessPoolMeters.WORKERS_TERMINATED.getDescription())
			.tags(this.convention.getExitTags(pool, exit.reason()))
			.register(this.registry)
			.increment();
	}

	private PoolMeters pool(String name) {
		PoolMeters known = this.pools.get(name);
		return (known != null) ? known
				: this.pools.computeIfAbsent(name, (added) -> PoolMeters.of(this.registry, this.convention, added));
	}

	private TaskTimers timers(TaskKind kind) {
		TaskTimers known = this.tasks.get(kind);
		if (known != null) {
			return known;
		}
		return this.tasks.computeIfAbsent((this.tasks.size() < MOST_KINDS) ? kind : kind.withoutNames(),
				(added) -> new TaskTimers(this.registry, this.convention, added));
	}

}
