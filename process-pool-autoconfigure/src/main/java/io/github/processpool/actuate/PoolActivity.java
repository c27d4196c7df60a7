package io.github.processpool.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What one pool did lately, in memory that does not grow. Safe for use by many threads.
 */
final class PoolActivity {

	private static final int REMEMBERED_TASKS = 1024;

	/** Workers that crash in a loop must not fill the memory. */
	private static final int MOST_LANES = 64;

	private static final int RECENT = 20;

	private static final long SECOND = 1_000_000_000L;

	private static final long MILLI = 1_000_000L;

	private static final long WINDOW = 60 * SECOND;

	private final long began;

	private final Lane all = new Lane();

	private final Map<Integer, Lane> lanes = new ConcurrentSkipListMap<>();

	private final AtomicReferenceArray<@Nullable Entry> tasks = new AtomicReferenceArray<>(REMEMBERED_TASKS);

	private final AtomicInteger next = new AtomicInteger();

	private final LongAdder retried = new LongAdder();

	/**
	 * Creates the memory of a pool.
	 * @param began what times are counted from, in {@link System#nanoTime}
	 */
	PoolActivity(long began) {
		this.began = began;
	}

	private long now() {
		return System.nanoTime() - this.began;
	}

	void finished(TaskEvent event) {
		long now = now();
		boolean success = event.outcome() == Outcome.SUCCESS;
		Duration executed = event.executed();
		if (executed != null) {
			long from = now - executed.toNanos();
			this.all.ran(now, now, success);
			if (event.workerId() > 0) {
				lane(event.workerId()).ran(from, now, success);
			}
		}
		else {
			this.all.rejected(now);
		}
		this.tasks.set(Math.floorMod(this.next.getAndIncrement(), REMEMBERED_TASKS), new Entry(now, event));
	}

	void retried() {
		this.retried.increment();
	}

	void started(int worker) {
		lane(worker).started(now());
	}

	void ended(int worker, ExitReason reason) {
		lane(worker).ended(now(), reason);
		if (this.lanes.size() > MOST_LANES) {
			forget(now());
		}
	}

	private Lane lane(int worker) {
		Lane lane = this.lanes.get(worker);
		return (lane != null) ? lane : this.lanes.computeIfAbsent(worker, (id) -> new Lane());
	}

	/**
	 * Forgets workers that ended long ago, and the oldest of too many.
	 */
	private void forget(long now) {
		int surplus = this.lanes.size() - MOST_LANES;
		for (Map.Entry<Integer, Lane> entry : this.lanes.entrySet()) {
			Lane lane = entry.getValue();
			boolean old = now - lane.last() > Lane.SECONDS * SECOND;
			if (lane.isEnded() && (old || surplus > 0)) {
				this.lanes.remove(entry.getKey());
				surplus--;
			}
		}
	}

	PoolDescriptor.Tasks tasks() {
		long now = now();
		List<TaskEvent> events = latest(REMEMBERED_TASKS).stream()
			.filter((entry) -> now - entry.at() <= WINDOW)
			.map(Entry::event)
			.toList();
		int failed = (int) events.stream().filter((event) -> event.outcome() != Outcome.SUCCESS).count();
		return new PoolDescriptor.Tasks(events.size(), failed, this.retried.sum(), times(events, TaskEvent::waited),
				times(events, TaskEvent::executed));
	}

	private static PoolDescriptor.@Nullable Times times(List<TaskEvent> events,
			Function<TaskEvent, @Nullable Duration> time) {
		long[] nanos = events.stream()
			.map(time)
			.filter(Objects::nonNull)
			.mapToLong(Duration::toNanos)
			.sorted()
			.toArray();
		return (nanos.length == 0) ? null : new PoolDescriptor.Times(percentile(nanos, 50), percentile(nanos, 95),
				percentile(nanos, 99), percentile(nanos, 100));
	}

	private static double percentile(long[] sorted, int percent) {
		int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
		return millis(sorted[Math.max(0, index)]);
	}

	private static double millis(long nanos) {
		return Math.round(nanos / 1000.0) / 1000.0;
	}

	PoolDescriptor.Activity describe(int seconds, List<WorkerSnapshot> workers) {
		long now = now();
		forget(now);
		Map<Integer, Long> running = new ConcurrentHashMap<>();
		for (WorkerSnapshot worker : workers) {
			Duration elapsed = worker.currentTaskElapsed();
			if (elapsed != null) {
				running.put(worker.id(), Math.max(0, now - elapsed.toNanos()));
			}
		}
		List<PoolDescriptor.WorkerLane> descriptors = new ArrayList<>();
		this.lanes.forEach((worker, lane) -> descriptors
			.add(lane.describe(worker, now, seconds, running.getOrDefault(worker, -1L))));
		return new PoolDescriptor.Activity((int) (now % SECOND / MILLI), this.all.counts(now, seconds, false),
				this.all.counts(now, seconds, true), descriptors,
				latest(RECENT).stream().map((entry) -> entry.describe(now)).toList());
	}

	/**
	 * The tasks that ended last, newest first.
	 */
	private List<Entry> latest(int count) {
		List<Entry> entries = new ArrayList<>(count);
		int newest = this.next.get();
		for (int i = 1; i <= count; i++) {
			Entry entry = this.tasks.get(Math.floorMod(newest - i, REMEMBERED_TASKS));
			if (entry != null) {
				entries.add(entry);
			}
		}
		return entries;
	}

	/**
	 * A task that ended.
	 */
	private record Entry(long at, TaskEvent event) {

		PoolDescriptor.FinishedTask describe(long now) {
			Duration waited = this.event.waited();
			Duration executed = this.event.executed();
			return new PoolDescriptor.FinishedTask(Math.max(0, (now - this.at) / MILLI), this.event.className(),
					this.event.methodName(), this.event.outcome(), this.event.workerId(), this.event.attempts(),
					(waited != null) ? millis(waited.toNanos()) : null,
					(executed != null) ? millis(executed.toNanos()) : null);
		}

	}

}
