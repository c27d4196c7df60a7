package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerState;

/**
 * Takes workers out of service: they may close their contexts, then they are killed. Safe
 * for use by many threads.
 */
final class Dismissal {

	/** What a worker may take to close its context when it is retired. */
	private static final long DISMISS_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final PoolState state;

	private final Executor chores;

	Dismissal(PoolState state, Executor chores) {
		this.state = state;
		this.chores = chores;
	}

	/**
	 * Takes a worker out of service, which has no task. The lock is held.
	 */
	void retire(Worker worker, ExitReason reason) {
		worker.endFor(reason);
		this.state.workers.retire(worker);
		this.state.changed.signalAll();
		this.chores.execute(() -> dismiss(worker, reason.isPlanned() ? DISMISS_NANOS : 0));
	}

	/**
	 * Lets a worker close its context, then kills it.
	 */
	private void dismiss(Worker worker, long nanos) {
		try {
			if (nanos > 0) {
				worker.connection().stop(nanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			worker.process().kill();
		}
	}

	/**
	 * Retires all idle workers and kills all others. The lock is held.
	 * @param nanos how long they may take to close their contexts
	 */
	void dismissAll(long nanos) {
		for (Worker worker : new ArrayList<>(this.state.workers.all())) {
			worker.endFor(ExitReason.SHUTDOWN);
			if (worker.state() == WorkerState.IDLE) {
				this.state.workers.retire(worker);
				this.chores.execute(() -> dismiss(worker, nanos));
			}
			else if (worker.state() != WorkerState.RETIRING) {
				this.chores.execute(worker.process()::kill);
			}
		}
	}

}
