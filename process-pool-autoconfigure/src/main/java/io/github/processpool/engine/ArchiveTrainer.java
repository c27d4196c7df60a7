package io.github.processpool.engine;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.processpool.WorkerState;
import io.github.processpool.engine.PoolState.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the archive of classes made with which later workers start faster: once, while the
 * pool has nothing to do, by a process that is set up like a worker but takes no tasks.
 * Safe for use by many threads.
 */
final class ArchiveTrainer {

	private static final Logger logger = LoggerFactory.getLogger(ArchiveTrainer.class);

	/** Sooner it would delay tasks that follow the first one. */
	private static final long IDLE_MILLIS = 3000;

	private final String pool;

	private final PoolState state;

	private final ProcessLauncher launcher;

	private final PoolThreads threads;

	private final ScheduledExecutorService clock;

	private final Executor chores;

	private final CountDownLatch ended = new CountDownLatch(1);

	// Guarded by this
	private boolean scheduled;

	private boolean stopped;

	private @Nullable WorkerProcess process;

	ArchiveTrainer(String pool, PoolState state, ProcessLauncher launcher, PoolThreads threads,
			ScheduledExecutorService clock, Executor chores) {
		this.pool = pool;
		this.state = state;
		this.launcher = launcher;
		this.threads = threads;
		this.clock = clock;
		this.chores = chores;
	}

	/**
	 * A worker is ready: from here on it may be worth it.
	 */
	synchronized void workerReady() {
		if (!this.scheduled && !this.stopped && this.launcher.usesArchives()) {
			this.scheduled = true;
			schedule();
		}
	}

	private void schedule() {
		this.clock.schedule(this::trainIfIdle, IDLE_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void trainIfIdle() {
		boolean idle;
		this.state.lock.lock();
		try {
			if (this.state.phase != Phase.RUNNING) {
				return;
			}
			idle = this.state.queue.size() == 0 && this.state.workers.count(WorkerState.BUSY) == 0
					&& this.state.workers.count(WorkerState.STARTING) == 0;
		}
		finally {
			this.state.lock.unlock();
		}
		if (!idle) {
			schedule();
			return;
		}
		synchronized (this) {
			if (!this.stopped) {
				WorkerProcess started = new WorkerProcess("processpool." + this.pool + ".training",
						this.threads.numbered("output-training"));
				this.process = started;
				this.chores.execute(() -> train(started));
			}
		}
	}

	private void train(WorkerProcess started) {
		long start = System.nanoTime();
		try {
			long size = this.launcher.train(started);
			if (size > 0) {
				logger.info("pool {}: later workers start faster, with an archive of {} MB made in {} ms", this.pool,
						size >> 20, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("pool {}: no archive of classes was made", this.pool, ex);
		}
		finally {
			this.ended.countDown();
		}
	}

	/**
	 * Ends the process if there is one.
	 */
	synchronized void stop() {
		this.stopped = true;
		if (this.process != null) {
			this.process.kill();
		}
	}

	/**
	 * Waits until nothing of it is left.
	 * @param nanos how long at most
	 */
	void awaitEnd(long nanos) throws InterruptedException {
		boolean started;
		synchronized (this) {
			started = this.process != null;
		}
		if (started && !this.ended.await(nanos, TimeUnit.NANOSECONDS)) {
			logger.debug("pool {}: the training of an archive has not ended", this.pool);
		}
	}

}
