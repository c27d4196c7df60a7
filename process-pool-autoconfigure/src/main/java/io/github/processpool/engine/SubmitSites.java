package io.github.processpool.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which tasks remember where they were submitted. To walk the stack of a caller
 * takes most of what a caller spends on a task; so in a flood of tasks all but the first
 * do without, as HotSpot does without the stack traces of exceptions that are thrown all
 * the time. Safe for use by many threads.
 */
final class SubmitSites {

	private static final int PER_PERIOD = 1000;

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final AtomicInteger left = new AtomicInteger(PER_PERIOD);

	private final AtomicLong periodStart = new AtomicLong(System.nanoTime());

	/**
	 * Where the task is submitted that this thread is about to submit, or
	 * {@link SubmitSite#OMITTED}.
	 */
	SubmitSite here() {
		if (this.left.get() <= 0 && !nextPeriod()) {
			return SubmitSite.OMITTED;
		}
		this.left.decrementAndGet();
		return new SubmitSite();
	}

	private boolean nextPeriod() {
		long start = this.periodStart.get();
		long now = System.nanoTime();
		if (now - start < PERIOD_NANOS) {
			return false;
		}
		// Contender: another caller that has just begun the period for both
		if (this.periodStart.compareAndSet(start, now)) {
			this.left.set(PER_PERIOD);
		}
		return true;
	}

}
