package io.github.processpool.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.processpool.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * The workers that there are; every count is computed from them. Idle workers are taken
 * last used, first: else none would ever be idle for long and the pool would not shrink.
 * Guarded by the dispatcher's lock.
 */
final class WorkerRegistry {

	private static final Set<WorkerState> IN_SERVICE = EnumSet.of(WorkerState.STARTING, WorkerState.IDLE,
			WorkerState.BUSY);

	/** A list, since it is walked with every task. */
	private final List<Worker> workers = new ArrayList<>();

	private final Deque<Worker> idle = new ArrayDeque<>();

	void add(Worker worker) {
		this.workers.add(worker);
	}

	void remove(Worker worker) {
		this.workers.remove(worker);
		this.idle.remove(worker);
	}

	Collection<Worker> all() {
		return new ArrayList<>(this.workers);
	}

	/**
	 * The lowest number from 1 that no worker has.
	 */
	int freeSlot() {
		Set<Integer> taken = new HashSet<>();
		this.workers.forEach((worker) -> taken.add(worker.slot()));
		int slot = 1;
		while (taken.contains(slot)) {
			slot++;
		}
		return slot;
	}

	boolean isEmpty() {
		return this.workers.isEmpty();
	}

	int count(WorkerState state) {
		int count = 0;
		for (int i = 0; i < this.workers.size(); i++) {
			if (this.workers.get(i).state() == state) {
				count++;
			}
		}
		return count;
	}

	/**
	 * Number of workers that are there for tasks and will stay.
	 */
	int capacity() {
		int count = 0;
		for (int i = 0; i < this.workers.size(); i++) {
			Worker worker = this.workers.get(i);
			if (!worker.isExpiring() && IN_SERVICE.contains(worker.state())) {
				count++;
			}
		}
		return count;
	}

	/**
	 * Number of workers that are there for tasks, those included that will be replaced.
	 */
	int inService() {
		return count(WorkerState.STARTING) + count(WorkerState.IDLE) + count(WorkerState.BUSY);
	}

	/**
	 * Number of workers that run tasks.
	 */
	int live() {
		return count(WorkerState.IDLE) + count(WorkerState.BUSY);
	}

	/**
	 * Takes the idle worker that was used last. It is busy from now on.
	 */
	@Nullable Worker acquire() {
		Worker worker = this.idle.poll();
		if (worker != null) {
			worker.transition(WorkerState.BUSY);
		}
		return worker;
	}

	/**
	 * Gives a worker back.
	 */
	void release(Worker worker) {
		worker.transition(WorkerState.IDLE);
		this.idle.push(worker);
	}

	/**
	 * Takes a worker out of service.
	 */
	void retire(Worker worker) {
		worker.transition(WorkerState.RETIRING);
		this.idle.remove(worker);
	}

	/**
	 * Idle workers, the longest idle first.
	 */
	List<Worker> idle() {
		List<Worker> list = new ArrayList<>(this.idle.size());
		this.idle.descendingIterator().forEachRemaining(list::add);
		return list;
	}

}
