package io.github.processpool.engine;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one after the other, on a thread of its own, what may be slow because appenders
 * are. Bounded in number and bytes: a worker must not fill the parent's heap. Safe for
 * use by many threads.
 */
final class LogQueue {

	private static final Logger logger = LoggerFactory.getLogger(LogQueue.class);

	private static final int MOST_EVENTS = 10_000;

	private static final long MOST_BYTES = 16 * 1024 * 1024;

	/** As long as no more than these wait, they are logged as they come. */
	private static final int FEW_EVENTS = 50;

	/**
	 * Pause after each moment of work as long as many wait: without it, a burst would
	 * take a whole processor from the workers until it is logged.
	 */
	private static final int PAUSES = 9;

	private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	/** One slow event must not hold up all others for long. */
	private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long IDLE_SECONDS = 5;

	private static final long CLOSE_SECONDS = 2;

	private final ThreadPoolExecutor executor;

	private final AtomicLong waitingBytes = new AtomicLong();

	// Confined to the thread that logs

	private long pauseNanos;

	LogQueue(PoolThreads threads) {
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(MOST_EVENTS), threads.numbered("log"));
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Whether there is no room at present, so that nothing need be spent on an offer.
	 * @param bytes what is to be offered
	 */
	boolean isFull(int bytes) {
		return this.waitingBytes.get() + bytes > MOST_BYTES || this.executor.getQueue().remainingCapacity() == 0;
	}

	/**
	 * Has something run when its turn comes.
	 * @param bytes what it keeps on the heap until then
	 * @param publish what to run; what it throws is ignored
	 * @param afterwards what to run after that in any case
	 * @return {@code false} if there is no room for it
	 */
	boolean offer(int bytes, Runnable publish, Runnable afterwards) {
		if (this.waitingBytes.addAndGet(bytes) > MOST_BYTES) {
			this.waitingBytes.addAndGet(-bytes);
			return false;
		}
		try {
			this.executor.execute(() -> {
				long start = System.nanoTime();
				this.waitingBytes.addAndGet(-bytes);
				run(publish);
				afterwards.run();
				pace(System.nanoTime() - start);
			});
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.waitingBytes.addAndGet(-bytes);
			return false;
		}
	}

	private static void run(Runnable publish) {
		try {
			publish.run();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("an event of a worker could not be logged", ex);
		}
	}

	/**
	 * Stretches a burst. A queue that fills up all the same is emptied at full speed.
	 */
	private void pace(long workNanos) {
		int waiting = this.executor.getQueue().size();
		if (waiting <= FEW_EVENTS || waiting > MOST_EVENTS * 3 / 4 || this.waitingBytes.get() > MOST_BYTES * 3 / 4
				|| this.executor.isShutdown()) {
			this.pauseNanos = 0;
			return;
		}
		this.pauseNanos += PAUSES * workNanos;
		if (this.pauseNanos >= SHORTEST_PAUSE_NANOS) {
			LockSupport.parkNanos(Math.min(this.pauseNanos, LONGEST_PAUSE_NANOS));
			this.pauseNanos = 0;
		}
	}

	/**
	 * Ends it when what has come is logged, or after a while.
	 */
	void close() {
		this.executor.shutdown();
		try {
			this.executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
