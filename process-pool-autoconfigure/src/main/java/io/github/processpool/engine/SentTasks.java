package io.github.processpool.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.Future;

import io.github.processpool.protocol.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a worker and has not ended, in order: the first runs or is about to,
 * the others were sent ahead. Guarded by the pool's lock.
 */
final class SentTasks {

	private final Deque<Assignment> assignments = new ArrayDeque<>();

	private long firstSinceNanos;

	private @Nullable Future<?> deadline;

	@Nullable Assignment first() {
		return this.assignments.peek();
	}

	boolean isFirst(@Nullable Assignment assignment) {
		return assignment != null && this.assignments.peek() == assignment;
	}

	/**
	 * How long the first has been the first.
	 */
	long firstNanos() {
		return System.nanoTime() - this.firstSinceNanos;
	}

	int size() {
		return this.assignments.size();
	}

	/**
	 * All of them, the first of them first.
	 */
	List<Assignment> all() {
		return new ArrayList<>(this.assignments);
	}

	void add(Assignment assignment) {
		if (this.assignments.isEmpty()) {
			this.firstSinceNanos = assignment.nanos();
		}
		this.assignments.add(assignment);
	}

	/**
	 * Removes the first, which has ended.
	 * @return how long it took, from its dispatch or from the end of the one before
	 */
	long removeFirst() {
		long now = System.nanoTime();
		long nanos = now - this.firstSinceNanos;
		this.assignments.remove();
		this.firstSinceNanos = now;
		deadline(null);
		return nanos;
	}

	/**
	 * Removes all, the first of them first.
	 */
	List<Assignment> removeAll() {
		List<Assignment> removed = all();
		this.assignments.clear();
		deadline(null);
		return removed;
	}

	/**
	 * Removes what the worker has not started and never will.
	 * @return the tasks, the first of them first
	 */
	List<Assignment> takeBack(Ledger ledger) {
		Assignment last = this.assignments.peekLast();
		if (last == null) {
			return List.of();
		}
		long started = ledger.recall(last.id());
		LinkedList<Assignment> taken = new LinkedList<>();
		for (Assignment next = last; next != null && next.id() > started; next = this.assignments.peekLast()) {
			this.assignments.removeLast();
			taken.addFirst(next);
		}
		if (this.assignments.isEmpty()) {
			deadline(null);
		}
		return taken;
	}

	/**
	 * Replaces what will end the first if it takes too long. It belongs to the execution,
	 * not to the future: a worker is not to be kept for ever by a task that nobody wants.
	 */
	void deadline(@Nullable Future<?> timer) {
		if (this.deadline != null) {
			this.deadline.cancel(false);
		}
		this.deadline = timer;
	}

}
