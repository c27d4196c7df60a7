package io.github.processpool.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * When a worker is replaced. Guarded by the dispatcher's lock.
 */
final class RetirementPolicy {

	/** Without it, workers that were started together would be replaced together. */
	private static final double JITTER = 0.1;

	private final int maxTasks;

	private final long maxLifetimeNanos;

	private final long maxMemory;

	RetirementPolicy(PoolConfig config) {
		this.maxTasks = config.maxTasksPerWorker();
		this.maxLifetimeNanos = TimeUnit.NANOSECONDS.convert(config.maxLifetime());
		this.maxMemory = config.maxMemory();
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
	 * Why a worker that has no task is due to be replaced, or {@code null} if it is not.
	 * Once it is, it stays so, even if it holds less memory again.
	 */
	@Nullable ExitReason due(Worker worker) {
		if (worker.isExpiring()) {
			return worker.expiresFor();
		}
		if (this.maxTasks > 0 && worker.tasksDone() >= this.maxTasks) {
			return ExitReason.RETIRED_TASKS;
		}
		if (worker.age().toNanos() >= worker.lifetimeNanos()) {
			return ExitReason.RETIRED_AGE;
		}
		WorkerStatistics statistics = worker.statistics();
		if (this.maxMemory > 0 && statistics != null && statistics.residentBytes() > this.maxMemory) {
			return ExitReason.RETIRED_MEMORY;
		}
		return null;
	}

}
