package io.github.processpool.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.processpool.protocol.BriefSpin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes futures, which runs user code that may block. One thread takes them one after
 * the other, so that a flood of outcomes costs no wake-up each; when it is stuck in one
 * while others wait, a further thread takes over, however many get stuck. Safe for use by
 * many threads.
 */
final class Completions implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(Completions.class);

	/** How long outcomes may wait behind a callback that is stuck. */
	private static final long STUCK_MILLIS = 1;

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	private final Executor threads;

	private final ScheduledExecutorService clock;

	/** Threads that take from the queue, stuck or not. */
	private final AtomicInteger takers = new AtomicInteger();

	/** Tasks taken so far; if it stands still while others wait, all takers are stuck. */
	private final AtomicInteger taken = new AtomicInteger();

	private final AtomicInteger watching = new AtomicInteger();

	/** Guarded by {@link #lingering}. */
	private final BriefSpin spin = new BriefSpin();

	private final AtomicBoolean lingering = new AtomicBoolean();

	private volatile boolean closed;

	Completions(Executor threads, ScheduledExecutorService clock) {
		this.threads = threads;
		this.clock = clock;
	}

	@Override
	public void execute(Runnable completion) {
		if (this.closed) {
			this.threads.execute(completion);
			return;
		}
		this.queue.add(completion);
		if (this.closed) {
			// Closed in between: no clock looks after what waits any more
			close();
			return;
		}
		// Contender: a taker that found the queue empty and leaves
		if (this.takers.compareAndSet(0, 1)) {
			this.threads.execute(this::take);
		}
		else if (this.watching.compareAndSet(0, 1)) {
			watch(this.taken.get());
		}
	}

	/**
	 * Gives a thread of its own to whatever waits and to whatever comes: the clock that
	 * would notice a stuck one is about to stop.
	 */
	void close() {
		this.closed = true;
		for (Runnable next = this.queue.poll(); next != null; next = this.queue.poll()) {
			Runnable completion = next;
			this.threads.execute(() -> run(completion));
		}
	}

	private void take() {
		while (true) {
			Runnable next = this.queue.poll();
			if (next != null) {
				this.taken.incrementAndGet();
				run(next);
			}
			else if (!lingered()) {
				this.takers.decrementAndGet();
				// What was added before the count fell found a taker and started none
				if (this.queue.isEmpty() || !this.takers.compareAndSet(0, 1)) {
					return;
				}
			}
		}
	}

	/**
	 * Waits briefly for more, if that has paid of late: it is dearer for whoever has the
	 * next completion to wake a thread.
	 * @return whether there is more
	 */
	private boolean lingered() {
		if (!this.lingering.compareAndSet(false, true)) {
			return false;
		}
		try {
			if (this.spin.begin()) {
				do {
					if (!this.queue.isEmpty()) {
						this.spin.found();
						return true;
					}
				}
				while (this.spin.again());
			}
			return false;
		}
		finally {
			this.lingering.set(false);
		}
	}

	private static void run(Runnable completion) {
		try {
			completion.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("a completion failed", ex);
		}
	}

	private void watch(int takenBefore) {
		try {
			this.clock.schedule(() -> look(takenBefore), STUCK_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			help();
		}
	}

	private void look(int takenBefore) {
		if (this.queue.isEmpty()) {
			this.watching.set(0);
			// What was added in between found the watch on
			if (this.queue.isEmpty() || !this.watching.compareAndSet(0, 1)) {
				return;
			}
		}
		int now = this.taken.get();
		if (now == takenBefore) {
			help();
		}
		watch(now);
	}

	private void help() {
		this.takers.incrementAndGet();
		this.threads.execute(this::take);
	}

}
