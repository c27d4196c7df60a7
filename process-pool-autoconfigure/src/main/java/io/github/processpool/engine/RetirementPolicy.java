package io.github.processpool.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerState;
import io.github.processpool.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * When a worker is replaced. Guarded by the dispatcher's lock.
 */
final class RetirementPolicy {

	/** Without it, workers that were started together would be replaced together. */
	private static final double JITTER = 0.1;

	/** Without it, a burst of tasks would pay for collections in its pauses. */
	private static final long COLLECT_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** A start may take longer than the one before. */
	private static final int STARTS = 3;

	private final int maxTasks;

	private final long maxLifetimeNanos;

	private final long maxMemory;

	private final long maxRetainedHeap;

	RetirementPolicy(PoolConfig config) {
		this.maxTasks = config.maxTasksPerWorker();
		this.maxLifetimeNanos = TimeUnit.NANOSECONDS.convert(config.maxLifetime());
		this.maxMemory = config.maxMemory();
		this.maxRetainedHeap = config.maxRetainedHeap();
	}

	/**
	 * Age at which a new worker is to be replaced, or {@link Long#MAX_VALUE} for never.
	 */
	long lifetimeNanos() {
		if (this.maxLifetimeNanos == 0) {
			return Long.MAX_VALUE;
		}
		double factor = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
		return (long) (this.maxLifetimeNanos * factor);
	}

	/**
	 * How many more tasks may be sent to a worker.
	 */
	long tasksLeft(Worker worker) {
		return (this.maxTasks == 0) ? Long.MAX_VALUE : this.maxTasks - worker.tasksDone() - worker.sent().size();
	}

	/**
	 * Whether the replacement of a worker should start because of the tasks that it was
	 * sent: it has no more left, or no more than it can end while a worker starts.
	 */
	boolean isUsedUp(Worker worker) {
		long left = tasksLeft(worker);
		if (left <= 0 || left == Long.MAX_VALUE || worker.tasksDone() == 0) {
			return left <= 0;
		}
		return left <= this.maxTasks * JITTER
				&& left * (worker.servedNanos() / worker.tasksDone()) < STARTS * worker.startupNanos();
	}

	/**
	 * Why a worker that has no task is due to be replaced, or {@code null} if it is not.
	 * Once it is, it stays so, even if it holds less memory again.
	 */
	@Nullable ExitReason due(Worker worker) {
		if (this.maxTasks > 0 && worker.tasksDone() >= this.maxTasks) {
			return ExitReason.RETIRED_TASKS;
		}
		if (worker.isExpiring()) {
			return worker.expiresFor();
		}
		if (worker.age().toNanos() >= worker.lifetimeNanos()) {
			return ExitReason.RETIRED_AGE;
		}
		WorkerStatistics statistics = worker.statistics();
		if (statistics == null) {
			return null;
		}
		if (this.maxMemory > 0 && statistics.residentBytes() > this.maxMemory) {
			return ExitReason.RETIRED_MEMORY;
		}
		if (this.maxRetainedHeap > 0 && statistics.heapAfterGc() > this.maxRetainedHeap) {
			return ExitReason.RETIRED_HEAP;
		}
		return null;
	}

	/**
	 * Whether a worker that is due must not wait for its replacement, because its heap
	 * could be full before: at the pace until now, or since half of what it has above the
	 * limit is gone already.
	 */
	boolean isUrgent(Worker worker) {
		WorkerStatistics statistics = worker.statistics();
		if (this.maxRetainedHeap == 0 || statistics == null || statistics.heapAfterGc() <= this.maxRetainedHeap
				|| statistics.heapMax() <= this.maxRetainedHeap) {
			return false;
		}
		double left = statistics.heapMax() - statistics.heapAfterGc();
		if (left < (statistics.heapMax() - this.maxRetainedHeap) / 2.0) {
			return true;
		}
		double nanosLeft = worker.servedNanos() * left / statistics.heapAfterGc();
		return nanosLeft < STARTS * worker.startupNanos();
	}

	/**
	 * Whether a worker that does nothing should collect garbage: only then can be told
	 * whether it keeps as much as it holds.
	 */
	boolean wantsCollection(Worker worker) {
		WorkerStatistics statistics = worker.statistics();
		return this.maxRetainedHeap > 0 && statistics != null && statistics.heapUsed() > this.maxRetainedHeap
				&& worker.state() == WorkerState.IDLE && worker.hasNewGarbage()
				&& worker.idleNanos() > COLLECT_IDLE_NANOS && due(worker) == null;
	}

}
