package io.github.processpool.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.processpool.WorkerStatistics;

/**
 * What the workers of a pool have cost so far, those included that have ended: sums that
 * never fall. Safe for use by many threads.
 */
final class WorkerCosts {

	private final Map<Integer, WorkerStatistics> latest = new ConcurrentHashMap<>();

	private final AtomicLong cpuNanos = new AtomicLong();

	private final AtomicLong gcNanos = new AtomicLong();

	/**
	 * A worker has told of itself.
	 */
	void report(int workerId, WorkerStatistics statistics) {
		WorkerStatistics before = this.latest.put(workerId, statistics);
		add(this.cpuNanos, (before != null) ? before.cpuTime() : Duration.ZERO, statistics.cpuTime());
		add(this.gcNanos, (before != null) ? before.gcTime() : Duration.ZERO, statistics.gcTime());
	}

	private static void add(AtomicLong sum, Duration before, Duration now) {
		sum.addAndGet(Math.max(0, now.minus(before).toNanos()));
	}

	/**
	 * A worker has ended and will not tell of itself again.
	 */
	void end(int workerId) {
		this.latest.remove(workerId);
	}

	double cpuSeconds() {
		return seconds(this.cpuNanos);
	}

	double gcSeconds() {
		return seconds(this.gcNanos);
	}

	private static double seconds(AtomicLong nanos) {
		return nanos.get() / (double) TimeUnit.SECONDS.toNanos(1);
	}

}
