package io.github.processpool.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.function.SingletonSupplier;

/**
 * Tells all listeners of the application. They are looked up with the first event, so
 * that a pool can be made early without making, say, meter registries early too.
 */
final class PoolListeners implements PoolListener {

	private static final Logger logger = LoggerFactory.getLogger(PoolListeners.class);

	private final SingletonSupplier<List<PoolListener>> listeners;

	private final SingletonSupplier<List<PoolListener>> tasksListeners;

	PoolListeners(Supplier<List<PoolListener>> listeners) {
		this.listeners = SingletonSupplier.of(listeners);
		this.tasksListeners = SingletonSupplier
			.of(() -> this.listeners.obtain().stream().filter(PoolListener::hearsTasks).toList());
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		tell((listener) -> listener.workerStarted(pool, worker, startupTime));
	}

	@Override
	public void heartbeat(String pool, WorkerSnapshot worker) {
		tell((listener) -> listener.heartbeat(pool, worker));
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		tell((listener) -> listener.workerExited(pool, exit));
	}

	@Override
	public void taskRetried(TaskRetry retry) {
		tell((listener) -> listener.taskRetried(retry));
	}

	@Override
	public boolean hearsTasks() {
		return !this.tasksListeners.obtain().isEmpty();
	}

	@Override
	public void taskFinished(TaskEvent event) {
		tell(this.tasksListeners.obtain(), (listener) -> listener.taskFinished(event));
	}

	private void tell(Consumer<PoolListener> event) {
		tell(this.listeners.obtain(), event);
	}

	private static void tell(List<PoolListener> listeners, Consumer<PoolListener> event) {
		for (PoolListener listener : listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("listener {} failed", listener, ex);
			}
		}
	}

}
