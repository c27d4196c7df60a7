package io.github.processpool.engine;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerState;
import io.github.processpool.engine.PoolState.Phase;
import io.github.processpool.protocol.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with workers that have ended, planned or not: what they had not started is
 * dispatched again, what they were running fails, and they are replaced. Safe for use by
 * many threads.
 */
final class Losses {

	private static final Logger logger = LoggerFactory.getLogger(Losses.class);

	/**
	 * Without it, a worker that dies as soon as it is ready would be replaced in a loop.
	 */
	private static final long REPLACE_UNUSED_MILLIS = 1000;

	private final String pool;

	private final PoolState state;

	private final Staff staff;

	private final Distribution distribution;

	private final Undertaker undertaker;

	private final ScheduledExecutorService clock;

	Losses(String pool, PoolState state, Staff staff, Distribution distribution, Undertaker undertaker,
			ScheduledExecutorService clock) {
		this.pool = pool;
		this.state = state;
		this.staff = staff;
		this.distribution = distribution;
		this.undertaker = undertaker;
		this.clock = clock;
	}

	/**
	 * A worker is ending: it gets no more tasks.
	 */
	void closing(Worker worker) {
		this.state.lock.lock();
		try {
			worker.close();
			if (worker.state() == WorkerState.IDLE) {
				this.state.workers.retire(worker);
			}
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The connection to a worker is closed: waits until its process has ended, and deals
	 * with what it leaves.
	 */
	void lost(Worker worker, IOException cause) {
		closing(worker);
		Death death = examine(worker, cause);
		List<Assignment> dead;
		List<TaskRetry> retries;
		List<Assignment> send = new ArrayList<>();
		this.state.lock.lock();
		try {
			worker.endFor(death.reason());
			dead = worker.sent().removeAll();
			List<Assignment> again = (this.state.phase != Phase.STOPPED) ? runAgain(worker, dead, death) : List.of();
			dead.removeAll(again);
			retries = this.undertaker.retries(again, death);
			this.state.remove(worker);
			this.distribution.requeue(again, send);
			replace(worker, !dead.isEmpty() || !again.isEmpty());
		}
		finally {
			this.state.lock.unlock();
		}
		send.forEach(Assignment::send);
		try {
			this.undertaker.report(worker, death, dead);
			this.undertaker.report(retries);
		}
		finally {
			this.state.reported();
		}
	}

	/**
	 * Which tasks are dispatched again: none if what the worker left is unreadable, since
	 * all of them have to end.
	 */
	private List<Assignment> runAgain(Worker worker, List<Assignment> tasks, Death death) {
		try {
			return this.undertaker.runAgain(tasks, death);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("pool {}: no task of {} is run again, its ledger cannot be read", this.pool, worker, ex);
			return List.of();
		}
	}

	private Death examine(Worker worker, IOException cause) {
		try {
			return findOut(worker, cause);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("pool {}: what {} died of cannot be found out", this.pool, worker, ex);
			worker.process().kill();
			return Death.unknown(String.valueOf(cause.getMessage()));
		}
	}

	/**
	 * Waits for the process to be gone and finds out how it died.
	 */
	private Death findOut(Worker worker, IOException cause) {
		if (cause instanceof EOFException) {
			return worker.process().awaitDeath();
		}
		// It may be alive: what it sent, or our reading of it, is at fault
		this.state.lock.lock();
		try {
			this.state.condemn(worker,
					(cause instanceof ProtocolException) ? ExitReason.PROTOCOL_ERROR : ExitReason.CRASHED);
		}
		finally {
			this.state.lock.unlock();
		}
		logger.debug("pool {}: the connection to {} failed", this.pool, worker, cause);
		worker.process().kill();
		return worker.process().awaitDeath().withDetail(String.valueOf(cause.getMessage()));
	}

	private void replace(Worker worker, boolean busy) {
		ExitReason reason = worker.exitReason();
		boolean unused = !busy && worker.tasksDone() == 0 && this.state.queue.size() == 0;
		if (reason != null && !reason.isPlanned() && unused) {
			this.clock.schedule(this.staff::fillLater, REPLACE_UNUSED_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			this.staff.fill();
		}
	}

}
