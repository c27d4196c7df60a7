package io.github.processpool.engine;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * Takes workers out of service as planned: those that are not needed, and those whose
 * time has come, once others can take their place. Safe for use by many threads.
 */
final class Retirement {

	/**
	 * Reasons that can wait for as long as a start takes, however many tasks that is.
	 */
	private static final Set<ExitReason> REPLACED_FIRST = EnumSet.of(ExitReason.RETIRED_AGE, ExitReason.RETIRED_MEMORY,
			ExitReason.RETIRED_HEAP);

	private final PoolState state;

	private final Staff staff;

	private final Distribution distribution;

	private final RetirementPolicy policy;

	private final Dismissal dismissal;

	Retirement(PoolState state, Staff staff, Distribution distribution, RetirementPolicy policy, Dismissal dismissal) {
		this.state = state;
		this.staff = staff;
		this.distribution = distribution;
		this.policy = policy;
		this.dismissal = dismissal;
	}

	/**
	 * A worker has ended a task: gives it more, or retires it. The lock is held.
	 * @param spent whether its JVM ran out of memory
	 * @param send where what is to be sent goes
	 */
	void ended(Worker worker, boolean spent, List<Assignment> send) {
		if (spent) {
			worker.dueFor(ExitReason.OUT_OF_MEMORY);
		}
		ExitReason due = due(worker);
		if (due != null && !waitsForReplacement(worker, due)) {
			worker.dueFor(due);
		}
		if (worker.isOpen()) {
			this.distribution.next(worker, send);
			return;
		}
		if (worker.state() != WorkerState.BUSY) {
			return;
		}
		if (worker.exitReason() == null && due != null) {
			// Comes back as emptied unless it has started the next one
			this.distribution.takeBack(worker, send);
			this.staff.fill();
		}
		else {
			retireDying(worker);
		}
	}

	/**
	 * A worker that gets no more tasks has none left. The lock is held.
	 */
	void emptied(Worker worker) {
		ExitReason due = due(worker);
		if (worker.exitReason() == null && due != null) {
			this.dismissal.retire(worker, due);
			this.staff.fill();
		}
		else {
			retireDying(worker);
		}
	}

	/**
	 * It is about to be killed or dead: its next task would die with it.
	 */
	private void retireDying(Worker worker) {
		this.state.workers.retire(worker);
		this.state.changed.signalAll();
		this.staff.fill();
	}

	/**
	 * Whether a worker that is due goes on with tasks because its replacement still has
	 * to start. The lock is held.
	 */
	private boolean waitsForReplacement(Worker worker, ExitReason due) {
		if (worker.due() != null || !mayWait(worker, due) || this.policy.isUrgent(worker)) {
			return false;
		}
		if (!worker.isExpiring()) {
			if (isCrowded()) {
				return true;
			}
			worker.expire(due);
		}
		this.staff.fill();
		return this.state.workers.count(WorkerState.STARTING) > 0;
	}

	private boolean mayWait(Worker worker, ExitReason due) {
		return REPLACED_FIRST.contains(due) || (due == ExitReason.RETIRED_TASKS && this.policy.tasksLeft(worker) > 0);
	}

	/**
	 * Whether a worker is being replaced already: one at a time, so that there is one
	 * more than allowed at most.
	 */
	private boolean isCrowded() {
		return this.state.workers.inService() > this.state.maxSize;
	}

	/**
	 * Why a worker is to retire now. Age and memory are no reason as long as nothing
	 * could take its place.
	 */
	private @Nullable ExitReason due(Worker worker) {
		if (worker.due() != null) {
			return worker.due();
		}
		ExitReason due = this.policy.due(worker);
		if (due == ExitReason.RETIRED_TASKS) {
			return (worker.sent().size() == 0) ? due : null;
		}
		if (this.state.startFailures.latest() != null) {
			due = null;
		}
		return (due == null && this.state.workers.capacity() > this.state.maxSize) ? ExitReason.RESIZED : due;
	}

	/**
	 * A replacement is ready: retires one worker that waits for it, at once if it is
	 * idle, else when its task has ended. The lock is held.
	 */
	void replaced() {
		for (Worker worker : this.state.workers.idle()) {
			ExitReason due = worker.expiresFor();
			if (due != null) {
				this.dismissal.retire(worker, due);
				return;
			}
		}
		for (Worker worker : this.state.workers.all()) {
			ExitReason due = worker.expiresFor();
			if (due != null && mayWait(worker, due) && worker.due() == null && worker.state() == WorkerState.BUSY) {
				worker.dueFor(due);
				return;
			}
		}
	}

	/**
	 * Retires idle workers that are not needed, and begins to replace those that are due.
	 */
	void review(Duration keepAlive) {
		this.state.lock.lock();
		try {
			for (Worker worker : this.state.workers.idle()) {
				ExitReason due = due(worker);
				int capacity = this.state.workers.capacity();
				if (capacity > this.state.maxSize) {
					this.dismissal.retire(worker, ExitReason.RESIZED);
				}
				else if (capacity > this.state.coreSize
						&& worker.idleNanos() >= TimeUnit.NANOSECONDS.convert(keepAlive)) {
					this.dismissal.retire(worker, ExitReason.IDLE);
				}
				else if (due != null && this.policy.isUrgent(worker)) {
					this.dismissal.retire(worker, due);
					this.staff.fill();
				}
				else if (due != null) {
					if (!worker.isExpiring() && !isCrowded()) {
						worker.expire(due);
						this.staff.fill();
					}
					// Others may have been replaced by the start that this one waited for
					if (this.state.workers.count(WorkerState.STARTING) == 0 && this.staff.isComplete()) {
						this.dismissal.retire(worker, due);
					}
				}
			}
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Retires a worker because somebody asked for it.
	 * @return whether there is such a worker in service
	 */
	boolean request(int workerId) {
		this.state.lock.lock();
		try {
			for (Worker worker : this.state.workers.all()) {
				if (worker.id() == workerId && worker.isConnected() && worker.isOpen()) {
					return request(worker);
				}
			}
			return false;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private boolean request(Worker worker) {
		if (worker.state() == WorkerState.IDLE) {
			this.dismissal.retire(worker, ExitReason.RETIRED_REQUEST);
			this.staff.fill();
			return true;
		}
		// What it runs ends first
		worker.dueFor(ExitReason.RETIRED_REQUEST);
		return worker.state() == WorkerState.BUSY;
	}

	/**
	 * Retires idle workers above the maximum. The lock is held.
	 */
	void shrink() {
		for (Worker worker : this.state.workers.idle()) {
			if (this.state.workers.capacity() > this.state.maxSize) {
				this.dismissal.retire(worker, ExitReason.RESIZED);
			}
		}
	}

}
