package io.github.processpool.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes what happens in the pools, in order and by one thread of its own, so that a
 * slow listener holds up no pool. There is no event for each task that ended: a
 * {@link PoolListener} is told of them. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PoolEventPublisher implements PoolListener, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PoolEventPublisher.class);

	/** A listener that hangs must not fill the memory. */
	private static final int MOST_WAITING = 10_000;

	private static final long IDLE_SECONDS = 5;

	private static final long STOP_SECONDS = 2;

	private final ApplicationEventPublisher publisher;

	private final int phase;

	// Guarded by this

	/** What happened before there was anybody to listen. */
	private final List<Object> early = new ArrayList<>();

	private @Nullable ThreadPoolExecutor executor;

	private boolean overflowed;

	/**
	 * Creates a publisher.
	 * @param publisher where events go
	 * @param phase phase in which it stops, after the pools so that it can tell of the
	 * end of all workers
	 */
	public PoolEventPublisher(ApplicationEventPublisher publisher, int phase) {
		this.publisher = publisher;
		this.phase = phase;
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		publish(new WorkerStartedEvent(pool, worker, startupTime));
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		publish(new WorkerExitedEvent(pool, exit));
	}

	@Override
	public void taskRetried(TaskRetry retry) {
		publish(new TaskRetriedEvent(retry));
	}

	private synchronized void publish(Object event) {
		if (this.executor == null) {
			if (this.early.size() < MOST_WAITING) {
				this.early.add(event);
			}
			return;
		}
		try {
			this.executor.execute(() -> tell(event));
		}
		catch (RejectedExecutionException ex) {
			if (!this.overflowed) {
				this.overflowed = true;
				logger.warn("{} events of process pools wait for slow listeners, further ones are lost", MOST_WAITING);
			}
		}
	}

	private void tell(Object event) {
		try {
			this.publisher.publishEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("a listener of {} failed", event.getClass().getSimpleName(), ex);
		}
	}

	@Override
	public synchronized void start() {
		ThreadPoolExecutor started = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(MOST_WAITING), (task) -> {
					Thread thread = new Thread(task, "processpool-events");
					thread.setDaemon(true);
					return thread;
				});
		started.allowCoreThreadTimeOut(true);
		this.executor = started;
		this.overflowed = false;
		List<Object> events = List.copyOf(this.early);
		this.early.clear();
		events.forEach(this::publish);
	}

	/**
	 * Tells what is left, unless that takes long.
	 */
	@Override
	public void stop() {
		ThreadPoolExecutor stopping;
		synchronized (this) {
			stopping = this.executor;
			this.executor = null;
		}
		if (stopping == null) {
			return;
		}
		stopping.shutdown();
		try {
			if (!stopping.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
				logger.debug("{} events of process pools are not published", stopping.shutdownNow().size());
			}
		}
		catch (InterruptedException ex) {
			stopping.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
