package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts what became of the tasks of a chaos run, as the callers saw it and as the pool
 * told it.
 */
final class ChaosAccount implements PoolListener {

	private static final int MOST_COMPLAINTS = 20;

	private final Map<Outcome, AtomicInteger> seen = new EnumMap<>(Outcome.class);

	private final Map<Outcome, AtomicInteger> told = new EnumMap<>(Outcome.class);

	private final Map<ExitReason, AtomicInteger> exits = new EnumMap<>(ExitReason.class);

	private final Set<Integer> started = ConcurrentHashMap.newKeySet();

	private final Set<Integer> exited = ConcurrentHashMap.newKeySet();

	private final AtomicInteger submitted = new AtomicInteger();

	private final CountDownLatch complained = new CountDownLatch(1);

	private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

	// Allowed executions by id, least and most, in one number
	private volatile AtomicIntegerArray bounds = new AtomicIntegerArray(1024);

	ChaosAccount() {
		for (Outcome outcome : Outcome.values()) {
			this.seen.put(outcome, new AtomicInteger());
			this.told.put(outcome, new AtomicInteger());
		}
		for (ExitReason reason : ExitReason.values()) {
			this.exits.put(reason, new AtomicInteger());
		}
	}

	/**
	 * Number of a new task, counted from 1.
	 */
	int submit() {
		return this.submitted.incrementAndGet();
	}

	/**
	 * A caller sees the outcome of a task.
	 */
	void see(ChaosEntry entry, Outcome outcome) {
		this.seen.get(outcome).incrementAndGet();
		expect(entry.task().id(), entry.leastExecutions(outcome), entry.mostExecutions(outcome));
	}

	private synchronized void expect(int id, int least, int most) {
		if (id >= this.bounds.length()) {
			AtomicIntegerArray larger = new AtomicIntegerArray(Math.max(id + 1, this.bounds.length() * 2));
			for (int i = 0; i < this.bounds.length(); i++) {
				larger.set(i, this.bounds.get(i));
			}
			this.bounds = larger;
		}
		this.bounds.set(id, least << 8 | most);
	}

	void complain(String text) {
		this.complained.countDown();
		if (this.complaints.size() < MOST_COMPLAINTS) {
			this.complaints.add(text);
		}
	}

	/**
	 * Waits for the first complaint.
	 * @return whether there was one in that time
	 */
	boolean awaitComplaint(long seconds) throws InterruptedException {
		return this.complained.await(seconds, TimeUnit.SECONDS);
	}

	List<String> complaints() {
		return List.copyOf(this.complaints);
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		if (!this.started.add(worker.id())) {
			complain("worker " + worker.id() + " was started twice");
		}
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		this.exits.get(exit.reason()).incrementAndGet();
		if (!this.exited.add(exit.workerId())) {
			complain("worker " + exit.workerId() + " ended twice: " + exit);
		}
	}

	@Override
	public void taskFinished(TaskEvent event) {
		this.told.get(event.outcome()).incrementAndGet();
		if (event.total().isNegative() || event.waited() != null && event.waited().isNegative()) {
			complain("negative time: " + event);
		}
		if (event.total().toNanos() % 200 == 0) {
			throw new IllegalStateException("a listener that fails at times");
		}
		if (event.total().toNanos() % 200 == 1) {
			throw new LinkageError("a listener that fails badly at times");
		}
	}

	int submitted() {
		return this.submitted.get();
	}

	int total() {
		return this.seen.values().stream().mapToInt(AtomicInteger::get).sum();
	}

	/**
	 * Checks all books of a closed pool against each other.
	 */
	void balance(Path trace) throws IOException {
		assertThat(complaints()).as("outcomes and events that must not be").isEmpty();
		assertThat(total()).as("outcomes of %d submitted tasks", submitted()).isEqualTo(submitted());
		assertThat(this.told.toString()).as("outcomes that the listener was told").isEqualTo(this.seen.toString());
		assertThat(this.exited).as("ends of workers that were started").containsAll(this.started);
		assertThat(this.exited.size()).as("ends of workers, none without a name")
			.isEqualTo(this.exits.values().stream().mapToInt(AtomicInteger::get).sum());
		int[] executions = ChaosTask.executions(trace, submitted());
		List<String> wrong = new ArrayList<>();
		for (int id = 1; id <= submitted() && wrong.size() < MOST_COMPLAINTS; id++) {
			int least = this.bounds.get(id) >> 8;
			int most = this.bounds.get(id) & 0xff;
			if (executions[id] < least || executions[id] > most) {
				wrong.add("task " + id + ": " + executions[id] + " executions, not " + least + " to " + most);
			}
		}
		assertThat(wrong).as("executions").isEmpty();
	}

	/**
	 * Checks that what has to come up in a run of that length has come up: one in which
	 * nothing happens proves nothing.
	 */
	void requireVariety(long seconds) {
		if (seconds >= 60) {
			assertThat(this.seen)
				.allSatisfy((outcome, count) -> assertThat(count.get()).as(outcome.name()).isPositive());
			assertThat(this.exits.get(ExitReason.CRASHED).get()).isPositive();
		}
		if (seconds >= 300) {
			assertThat(List.of(ExitReason.UNRESPONSIVE, ExitReason.TIMED_OUT, ExitReason.RESIZED,
					ExitReason.OUT_OF_MEMORY))
				.allSatisfy((reason) -> assertThat(this.exits.get(reason).get()).as(reason.name()).isPositive());
		}
	}

	/**
	 * The accounting, one line of a table.
	 */
	String line(long seed, long seconds) {
		int failed = count(Outcome.ERROR) + count(Outcome.SERIALIZATION) + count(Outcome.CRASHED)
				+ count(Outcome.TIMEOUT);
		return "| seed " + seed + " | " + seconds + " s | submitted " + submitted() + " = succeeded "
				+ count(Outcome.SUCCESS) + " + failed " + failed + " (thrown " + count(Outcome.ERROR)
				+ ", serialisation " + count(Outcome.SERIALIZATION) + ", crashed " + count(Outcome.CRASHED)
				+ ", timeout " + count(Outcome.TIMEOUT) + ") + cancelled " + count(Outcome.CANCELLED) + " + rejected "
				+ count(Outcome.REJECTED) + " | workers started " + this.started.size() + ", ended "
				+ this.exited.size() + " " + exitCounts() + " |";
	}

	private String exitCounts() {
		Map<ExitReason, AtomicInteger> counts = new EnumMap<>(this.exits);
		counts.values().removeIf((count) -> count.get() == 0);
		return counts.toString();
	}

	private int count(Outcome outcome) {
		return this.seen.get(outcome).get();
	}

}
