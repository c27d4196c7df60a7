package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerState;

/**
 * Distributes the tasks of the queue among workers. A worker whose recent tasks were
 * short is sent several at a time, so that neither side waits for the other; what it has
 * not started is taken back when a task turns out to be long, or when another worker has
 * nothing to do. Guarded by the pool's lock, but for the review.
 * <p>
 * What is to be sent is collected in a list, for the caller to send once the lock is
 * free.
 */
final class Distribution {

	/** Tasks that take less are sent ahead. */
	private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	/** A task that takes longer is not worth the risk of holding others up. */
	private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** How long tasks that were sent ahead may be held up by the first. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final int LARGEST_WINDOW = 256;

	/** More bytes than fit into a socket's buffer gain nothing by being sent ahead. */
	private static final long LARGEST_AHEAD = 64 * 1024;

	private final PoolState state;

	private final RetirementPolicy policy;

	private final TaskStopper stopper;

	private final QueueTimeout queueTimeout;

	private final ScheduledExecutorService clock;

	private long lastId;

	private boolean reviewing;

	private Runnable lastTaskSent = () -> {
	};

	private Consumer<Worker> emptied = (worker) -> {
	};

	Distribution(PoolState state, RetirementPolicy policy, TaskStopper stopper, QueueTimeout queueTimeout,
			ScheduledExecutorService clock) {
		this.state = state;
		this.policy = policy;
		this.stopper = stopper;
		this.queueTimeout = queueTimeout;
		this.clock = clock;
	}

	/**
	 * Sets what is called when a worker was sent its last task.
	 */
	void onLastTask(Runnable lastTaskSent) {
		this.lastTaskSent = lastTaskSent;
	}

	/**
	 * Sets what is called, with the lock held, when the last task was taken from a worker
	 * that gets no more.
	 */
	void onEmptied(Consumer<Worker> emptied) {
		this.emptied = emptied;
	}

	/**
	 * Gives a task to a worker.
	 * @param read whether the calling thread is going to read its result
	 */
	Assignment assign(PendingTask<?> task, Worker worker, boolean read) {
		Assignment assignment = new Assignment(task, worker, ++this.lastId, System.nanoTime());
		task.assignment = assignment;
		task.timer(null);
		worker.sent().add(assignment);
		if (!read) {
			worker.connection().results().leaveToIoThread();
		}
		// With the lock held, so that tasks arrive in the order of their ids
		worker.connection().call(assignment.id(), task.payload());
		if (worker.sent().isFirst(assignment)) {
			this.stopper.watch(assignment);
		}
		// One worker more than allowed at most: the replacement of one that ends
		if (!worker.isExpiring() && this.policy.isUsedUp(worker)
				&& this.state.workers.inService() <= this.state.maxSize) {
			worker.expire(ExitReason.RETIRED_TASKS);
			this.lastTaskSent.run();
		}
		return assignment;
	}

	/**
	 * Notes the end of a worker's first task.
	 */
	void ended(Worker worker) {
		long nanos = worker.end();
		if (nanos > LONG_NANOS) {
			worker.window(1);
		}
		else if (nanos < SHORT_NANOS) {
			worker.window(Math.min(LARGEST_WINDOW, worker.window() * 2));
		}
		Assignment first = worker.sent().first();
		if (first != null) {
			this.stopper.watch(first);
		}
	}

	/**
	 * Finds work for a worker that has little or none. If there is none at all, it is
	 * idle.
	 */
	void next(Worker worker, List<Assignment> send) {
		int room = room(worker);
		long bytes = 0;
		while (room > 0 && bytes < LARGEST_AHEAD) {
			PendingTask<?> task = this.state.queue.poll();
			if (task == null) {
				break;
			}
			if (task.isClaimed()) {
				continue;
			}
			if (worker.state() != WorkerState.BUSY) {
				worker.transition(WorkerState.BUSY);
			}
			room--;
			bytes += task.payload().size();
			send.add(assign(task, worker, false));
		}
		if (worker.sent().size() == 0) {
			this.state.workers.release(worker);
			this.state.changed.signalAll();
		}
		else if (worker.sent().size() > 1) {
			reviewSoon();
		}
	}

	/**
	 * How many tasks a worker is to be sent: none until it has used up half of its
	 * window, and never more than its share of what waits.
	 */
	private int room(Worker worker) {
		int load = worker.sent().size();
		if (load > worker.window() / 2) {
			return 0;
		}
		int share = this.state.queue.size() / Math.max(1, this.state.workers.live()) + 1;
		int room = Math.min(worker.window() - load, share);
		return (int) Math.min(Math.max(room, (load == 0) ? 1 : 0), this.policy.tasksLeft(worker));
	}

	/**
	 * Gives waiting tasks to workers that have none.
	 */
	void toIdle(List<Assignment> send) {
		while (this.state.queue.size() > 0) {
			Worker worker = this.state.workers.acquire();
			if (worker == null) {
				return;
			}
			next(worker, send);
		}
	}

	/**
	 * Takes back what a worker has not started.
	 */
	void takeBack(Worker worker, List<Assignment> send) {
		requeue(worker.sent().takeBack(worker.connection().ledger()), send);
		if (worker.sent().size() == 0 && worker.state() == WorkerState.BUSY) {
			if (worker.isOpen()) {
				next(worker, send);
			}
			else {
				// It will tell of no end of a task that would be the time to retire it
				this.emptied.accept(worker);
			}
		}
	}

	/**
	 * Puts tasks that were taken from a worker to the front of the queue, and from there
	 * to idle workers.
	 * @param taken the tasks, the first of them first
	 */
	void requeue(List<Assignment> taken, List<Assignment> send) {
		for (int i = taken.size() - 1; i >= 0; i--) {
			PendingTask<?> task = taken.get(i).task();
			task.assignment = null;
			if (!task.isClaimed()) {
				this.state.queue.addFirst(task);
				this.queueTimeout.watch(task);
			}
		}
		toIdle(send);
	}

	private void reviewSoon() {
		if (!this.reviewing) {
			this.reviewing = true;
			this.clock.schedule(this::review, PATIENCE_NANOS, TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Takes tasks back from workers that hold them up. The lock is not held.
	 */
	private void review() {
		List<Assignment> send = new ArrayList<>();
		this.state.lock.lock();
		try {
			this.reviewing = false;
			boolean ahead = false;
			for (Worker worker : List.copyOf(this.state.workers.all())) {
				if (worker.sent().size() > 1 && (worker.sent().firstNanos() > PATIENCE_NANOS
						|| this.state.workers.count(WorkerState.IDLE) > 0)) {
					worker.window(1);
					takeBack(worker, send);
				}
				ahead |= worker.sent().size() > 1;
			}
			if (ahead) {
				reviewSoon();
			}
		}
		finally {
			this.state.lock.unlock();
		}
		send.forEach(Assignment::send);
	}

}
