package io.github.processpool.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;

/**
 * Remembers what the pools did in the last minutes, so that a page that is opened now can
 * show it. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ActivityRecorder implements PoolListener {

	/** One for all pools, so that their seconds begin together. */
	private final long began = System.nanoTime();

	private final Map<String, PoolActivity> pools = new ConcurrentHashMap<>();

	PoolActivity of(String pool) {
		PoolActivity activity = this.pools.get(pool);
		return (activity != null) ? activity : this.pools.computeIfAbsent(pool, (name) -> new PoolActivity(this.began));
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		of(pool).started(worker.id());
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		of(pool).ended(exit.workerId(), exit.reason());
	}

	@Override
	public void taskRetried(TaskRetry retry) {
		of(retry.pool()).retried();
	}

	@Override
	public void taskFinished(TaskEvent event) {
		of(event.pool()).finished(event);
	}

}
