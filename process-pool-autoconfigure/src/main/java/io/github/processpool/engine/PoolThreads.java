package io.github.processpool.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes all threads of a pool: daemons, named after the pool and what they do.
 */
final class PoolThreads {

	private static final long IDLE_SECONDS = 5;

	private final String prefix;

	private final ClassLoader classLoader;

	PoolThreads(String pool, ClassLoader classLoader) {
		this.classLoader = classLoader;
		this.prefix = "processpool-" + pool + "-";
	}

	/**
	 * Makes threads that are numbered.
	 */
	ThreadFactory numbered(String role) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> thread(task, role + "-" + number.incrementAndGet());
	}

	/**
	 * An executor without a bound: what runs there may block, for it is user code or
	 * waits for a process.
	 * @param role what its threads do
	 * @param clock tries again when there is no thread to be had
	 */
	ExecutorService elastic(String role, ScheduledExecutorService clock) {
		return new ElasticExecutor(numbered(role), clock);
	}

	/**
	 * The clock of a pool. What runs there must not block.
	 */
	ScheduledThreadPoolExecutor clock() {
		ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, (task) -> thread(task, "clock"),
				new ThreadPoolExecutor.DiscardPolicy());
		clock.setRemoveOnCancelPolicy(true);
		clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		clock.allowCoreThreadTimeOut(true);
		return clock;
	}

	/**
	 * Starts a thread for something that ends soon.
	 */
	void start(String role, Runnable task) {
		thread(task, role).start();
	}

	private Thread thread(Runnable task, String role) {
		// Without the thread locals of whoever happens to need a thread first
		Thread thread = new Thread(null, task, this.prefix + role, 0, false);
		thread.setContextClassLoader(this.classLoader);
		thread.setDaemon(true);
		return thread;
	}

}
