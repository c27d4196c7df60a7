package io.github.processpool.actuate;

import java.util.ArrayList;
import java.util.List;

import io.github.processpool.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * How much of each of the last seconds a worker ran tasks. Times are nanoseconds of the
 * system's clock since the recorder began. Safe for use by many threads.
 */
final class Lane {

	/** What is remembered; a page shows less. */
	static final int SECONDS = 300;

	private static final long SECOND = 1_000_000_000L;

	private static final long MILLI = 1_000_000L;

	// Guarded by this

	private final long[] seconds = new long[SECONDS];

	private final long[] busy = new long[SECONDS];

	private final int[] finished = new int[SECONDS];

	private final int[] failed = new int[SECONDS];

	private long started = -1;

	private long ended = -1;

	private @Nullable ExitReason reason;

	private long last;

	/**
	 * Notes a task that ran and has ended.
	 */
	synchronized void ran(long from, long to, boolean success) {
		spread(from, to);
		int slot = slot(to / SECOND);
		this.finished[slot]++;
		if (!success) {
			this.failed[slot]++;
		}
		this.last = Math.max(this.last, to);
	}

	/**
	 * Notes a task that never ran.
	 */
	synchronized void rejected(long at) {
		int slot = slot(at / SECOND);
		this.finished[slot]++;
		this.failed[slot]++;
		this.last = Math.max(this.last, at);
	}

	private void spread(long from, long to) {
		long first = Math.max(from, to - (SECONDS - 1) * SECOND);
		for (long start = Math.max(0, first); start < to;) {
			long second = start / SECOND;
			long end = Math.min(to, (second + 1) * SECOND);
			this.busy[slot(second)] += end - start;
			start = end;
		}
	}

	/**
	 * The place of a second, emptied if it holds an older one.
	 */
	private int slot(long second) {
		int slot = (int) (second % SECONDS);
		if (this.seconds[slot] < second) {
			this.seconds[slot] = second;
			this.busy[slot] = 0;
			this.finished[slot] = 0;
			this.failed[slot] = 0;
		}
		return slot;
	}

	synchronized void started(long at) {
		this.started = at;
		this.ended = -1;
		this.reason = null;
		this.last = Math.max(this.last, at);
	}

	synchronized void ended(long at, ExitReason reason) {
		this.ended = at;
		this.reason = reason;
		this.last = Math.max(this.last, at);
	}

	/**
	 * When something last happened.
	 */
	synchronized long last() {
		return this.last;
	}

	synchronized boolean isEnded() {
		return this.ended >= 0;
	}

	/**
	 * How many tasks ended in each of the last seconds.
	 * @param count number of seconds
	 * @param failed whether only those are counted that failed
	 */
	synchronized List<Integer> counts(long now, int count, boolean failed) {
		List<Integer> counts = new ArrayList<>(count);
		for (long second = now / SECOND - count + 1; second <= now / SECOND; second++) {
			counts.add(holds(second) ? (failed ? this.failed : this.finished)[(int) (second % SECONDS)] : 0);
		}
		return counts;
	}

	/**
	 * Describes what the worker did.
	 * @param count number of seconds
	 * @param since when the task began that it runs now, or -1
	 */
	synchronized PoolDescriptor.WorkerLane describe(int worker, long now, int count, long since) {
		List<Integer> busyMillis = new ArrayList<>(count);
		for (long second = now / SECOND - count + 1; second <= now / SECOND; second++) {
			long nanos = holds(second) ? this.busy[(int) (second % SECONDS)] : 0;
			if (since >= 0) {
				nanos += Math.max(0, Math.min(now, (second + 1) * SECOND) - Math.max(since, second * SECOND));
			}
			busyMillis.add((int) (Math.min(nanos, SECOND) / MILLI));
		}
		return new PoolDescriptor.WorkerLane(worker, busyMillis, counts(now, count, true), ago(now, this.started),
				ago(now, this.ended), this.reason);
	}

	private boolean holds(long second) {
		return second >= 0 && this.seconds[(int) (second % SECONDS)] == second;
	}

	private static @Nullable Long ago(long now, long at) {
		return (at >= 0) ? (now - at) / MILLI : null;
	}

}
