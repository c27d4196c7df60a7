package io.github.processpool.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerState;

/**
 * The tasks that wait and the workers that there are, under one lock. While it is held
 * there is no I/O, no user code and no completion of a future. In its shadow: as long as
 * a worker is idle, no task waits.
 */
final class PoolState {

	final ReentrantLock lock = new ReentrantLock();

	/** Signalled when a task or a worker has ended. */
	final Condition changed = this.lock.newCondition();

	// Guarded by lock

	final TaskQueue queue = new TaskQueue();

	final WorkerRegistry workers = new WorkerRegistry();

	final StartFailures startFailures = new StartFailures();

	Phase phase = Phase.RUNNING;

	/** Workers that are gone, which nobody has been told of yet. */
	int unreported;

	int coreSize;

	int maxSize;

	PoolState(int coreSize, int maxSize) {
		this.coreSize = coreSize;
		this.maxSize = maxSize;
	}

	/**
	 * Notes that a worker is to be killed: it gets no further task. The lock is held.
	 */
	void condemn(Worker worker, ExitReason reason) {
		worker.endFor(reason);
		if (worker.state() == WorkerState.IDLE) {
			this.workers.retire(worker);
		}
	}

	/**
	 * Notes that a worker is gone, of which others are to be told. The lock is held.
	 */
	void remove(Worker worker) {
		if (worker.state() != WorkerState.TERMINATED) {
			worker.transition(WorkerState.TERMINATED);
		}
		this.workers.remove(worker);
		this.unreported++;
		this.changed.signalAll();
	}

	/**
	 * Notes that others were told of the end of a worker. The lock is not held.
	 */
	void reported() {
		this.lock.lock();
		try {
			this.unreported--;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * One line for messages.
	 */
	String describe() {
		return "workers=" + this.workers.capacity() + "/" + this.maxSize + ", busy="
				+ this.workers.count(WorkerState.BUSY) + ", starting=" + this.workers.count(WorkerState.STARTING)
				+ ", queued=" + this.queue.size();
	}

	enum Phase {

		/** Takes tasks. */
		RUNNING,

		/** Takes no more tasks, runs those that it has. */
		DRAINING,

		/** Runs nothing more. */
		STOPPED

	}

}
