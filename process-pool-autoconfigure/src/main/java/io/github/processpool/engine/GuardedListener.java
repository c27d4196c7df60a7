package io.github.processpool.engine;

import java.time.Duration;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a listener throws, errors included, away from the pool.
 */
final class GuardedListener implements PoolListener {

	private static final Logger logger = LoggerFactory.getLogger(GuardedListener.class);

	private final PoolListener listener;

	GuardedListener(PoolListener listener) {
		this.listener = listener;
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		tell(() -> this.listener.workerStarted(pool, worker, startupTime));
	}

	@Override
	public void heartbeat(String pool, WorkerSnapshot worker) {
		tell(() -> this.listener.heartbeat(pool, worker));
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		tell(() -> this.listener.workerExited(pool, exit));
	}

	@Override
	public void taskRetried(TaskRetry retry) {
		tell(() -> this.listener.taskRetried(retry));
	}

	@Override
	public boolean hearsTasks() {
		try {
			return this.listener.hearsTasks();
		}
		catch (Throwable ex) {
			logger.warn("a listener of process pools failed", ex);
			return false;
		}
	}

	@Override
	public void taskFinished(TaskEvent event) {
		tell(() -> this.listener.taskFinished(event));
	}

	private static void tell(Runnable event) {
		try {
			event.run();
		}
		catch (Throwable ex) {
			logger.warn("a listener of process pools failed", ex);
		}
	}

}
