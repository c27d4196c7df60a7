package io.github.processpool.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.github.processpool.PoolConfiguration;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.TaskSnapshot;
import io.github.processpool.WorkerConfiguration;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Makes descriptors of snapshots.
 */
final class PoolDescriber {

	private final LaunchOptions options;

	private final boolean showValues;

	PoolDescriber(LaunchOptions options, boolean showValues) {
		this.options = options;
		this.showValues = showValues;
	}

	/**
	 * Describes a pool.
	 * @param name name by which the application knows the pool
	 * @param seconds of activity to tell of, or 0 for none
	 */
	PoolDescriptor describe(String name, PoolSnapshot pool, @Nullable PoolConfiguration configuration,
			PoolActivity activity, int seconds) {
		Throwable failure = pool.startFailure();
		PoolDescriptor.Queue queue = new PoolDescriptor.Queue(pool.queuedTasks(), pool.queuedBytes(),
				(configuration != null) ? configuration.queueCapacity() : null,
				(configuration != null) ? configuration.queueBytes() : null);
		return new PoolDescriptor(name, pool.coreSize(), pool.maxSize(),
				(configuration != null) ? describe(configuration) : null, queue,
				pool.workers().stream().map(PoolDescriber::describe).toList(),
				pool.lastExits().stream().map(PoolDescriber::describe).toList(),
				(failure != null) ? String.valueOf(failure.getMessage()) : null, activity.tasks(),
				(seconds > 0) ? activity.describe(seconds, pool.workers()) : null);
	}

	private PoolDescriptor.Configuration describe(PoolConfiguration pool) {
		return new PoolDescriptor.Configuration(pool.queueCapacity(), pool.queueBytes(), millis(pool.keepAlive()),
				millis(pool.queueTimeout()), millis(pool.taskTimeout()), millis(pool.startupTimeout()),
				millis(pool.shutdownTimeout()), millis(pool.cancelGrace()), pool.maxTasksPerWorker(),
				millis(pool.maxLifetime()), pool.maxMemory(), pool.maxRetainedHeap(), pool.maxPayloadSize(),
				pool.codec().name().toLowerCase(Locale.ROOT), describe(pool.worker()));
	}

	private PoolDescriptor.Launch describe(WorkerConfiguration worker) {
		return new PoolDescriptor.Launch(worker.context(), worker.maxHeap(),
				this.options.jvmArgs(worker.jvmArgs(), this.showValues), text(worker.javaHome()),
				text(worker.workingDirectory()), this.options.environment(worker.environment(), this.showValues),
				worker.inheritEnvironment(), this.options.command(worker.commandPrefix(), this.showValues),
				worker.warmStart(), millis(worker.heartbeatTimeout()));
	}

	private static PoolDescriptor.Worker describe(WorkerSnapshot worker) {
		Duration startup = worker.startupTime();
		TaskSnapshot task = worker.task();
		WorkerStatistics statistics = worker.statistics();
		return new PoolDescriptor.Worker(worker.id(), worker.pid(), worker.state(), worker.launchedAt(),
				Duration.between(worker.launchedAt(), Instant.now()).toMillis(),
				(startup != null) ? startup.toMillis() : null, worker.warm(), worker.tasksDone(),
				(task != null) ? describe(task) : null, (statistics != null) ? describe(statistics) : null);
	}

	private static PoolDescriptor.Task describe(TaskSnapshot task) {
		return new PoolDescriptor.Task(task.description(), task.className(), task.methodName(), task.attempt(),
				task.waited().toMillis(), task.elapsed().toMillis());
	}

	private static PoolDescriptor.Vitals describe(WorkerStatistics worker) {
		return new PoolDescriptor.Vitals(worker.at(), known(worker.residentBytes()), worker.heapUsed(),
				known(worker.heapAfterGc()), worker.heapCommitted(), known(worker.heapMax()), worker.gcCount(),
				worker.gcTime().toMillis(), worker.cpuTime().toMillis(), worker.threads());
	}

	private static PoolDescriptor.Exit describe(WorkerExit exit) {
		return new PoolDescriptor.Exit(exit.workerId(), exit.pid(), exit.reason(), exit.reason().isPlanned(),
				(exit.exitCode() >= 0) ? exit.exitCode() : null, exit.signal(), exit.age().toMillis(), exit.at(),
				exit.task(), exit.detail());
	}

	private static long millis(Duration duration) {
		return List.of(duration, Duration.ofMillis(Long.MAX_VALUE)).stream().min(Duration::compareTo).get().toMillis();
	}

	private static @Nullable Long known(long value) {
		return (value >= 0) ? value : null;
	}

	private static @Nullable String text(@Nullable Path path) {
		return (path != null) ? path.toString() : null;
	}

}
