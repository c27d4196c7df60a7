package io.github.processpool.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor without a bound, for what may block. It loses nothing: when there is no
 * thread to be had, what is to run waits until there is, and once it is shut down, tasks
 * run where they are submitted. Safe for use by many threads.
 */
final class ElasticExecutor extends ThreadPoolExecutor {

	private static final Logger logger = LoggerFactory.getLogger(ElasticExecutor.class);

	private static final long IDLE_SECONDS = 5;

	private static final long RETRY_MILLIS = 100;

	private final ScheduledExecutorService clock;

	private final Queue<Runnable> postponed = new ConcurrentLinkedQueue<>();

	ElasticExecutor(ThreadFactory threads, ScheduledExecutorService clock) {
		super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads,
				(task, executor) -> task.run());
		this.clock = clock;
	}

	@Override
	public void execute(Runnable task) {
		try {
			super.execute(task);
		}
		catch (OutOfMemoryError ex) {
			// Of threads, not of heap: others may end theirs
			logger.warn("no thread for a process pool, tried again in {} ms", RETRY_MILLIS, ex);
			this.postponed.add(task);
			this.clock.schedule(this::tryAgain, RETRY_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void tryAgain() {
		Runnable task = this.postponed.poll();
		if (task != null) {
			execute(task);
		}
	}

	@Override
	public void shutdown() {
		super.shutdown();
		for (Runnable task = this.postponed.poll(); task != null; task = this.postponed.poll()) {
			task.run();
		}
	}

}
