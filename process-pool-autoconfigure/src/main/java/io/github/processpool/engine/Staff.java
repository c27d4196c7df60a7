package io.github.processpool.engine;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStartException;
import io.github.processpool.WorkerState;
import io.github.processpool.engine.PoolState.Phase;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how many workers there are: starts them when tasks wait, replaces those that
 * were lost, and retires those that are not needed. Safe for use by many threads.
 */
final class Staff {

	private static final Logger logger = LoggerFactory.getLogger(Staff.class);

	/**
	 * Without it, a worker that dies as soon as it is ready would be replaced in a loop.
	 */
	private static final long REPLACE_UNUSED_MILLIS = 1000;

	/** What a worker may take to close its context when it is retired. */
	private static final long DISMISS_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final String pool;

	private final PoolState state;

	private final Distribution distribution;

	private final WorkerLauncher launcher;

	private final RetirementPolicy policy;

	private final Undertaker undertaker;

	private final ResultDecoder decoder;

	private final PoolThreads threads;

	private final ScheduledExecutorService clock;

	private final Executor chores;

	private final Runnable whenReady;

	// Guarded by the lock

	private int lastWorkerId;

	/** Core workers that were started once are kept; before, only tasks bring them. */
	private int kept;

	private boolean retrying;

	Staff(String pool, PoolState state, Distribution distribution, WorkerLauncher launcher, RetirementPolicy policy,
			Undertaker undertaker, ResultDecoder decoder, PoolThreads threads, ScheduledExecutorService clock,
			Executor chores, Runnable whenReady) {
		this.pool = pool;
		this.state = state;
		this.distribution = distribution;
		this.launcher = launcher;
		this.policy = policy;
		this.undertaker = undertaker;
		this.decoder = decoder;
		this.threads = threads;
		this.clock = clock;
		this.chores = chores;
		this.whenReady = whenReady;
	}

	/**
	 * Starts what is missing. The lock is held.
	 */
	void fill() {
		if (this.state.phase == Phase.STOPPED || this.state.startFailures.latest() != null) {
			return;
		}
		int missing = this.state.queue.size() - this.state.workers.count(WorkerState.STARTING);
		while (missing-- > 0 && this.state.workers.capacity() < this.state.maxSize) {
			start();
		}
		while (this.state.phase == Phase.RUNNING && this.state.workers.capacity() < this.kept) {
			start();
		}
	}

	/**
	 * Starts the core workers. The lock is not held.
	 */
	void fillCore() {
		this.state.lock.lock();
		try {
			this.kept = this.state.coreSize;
			fill();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private void start() {
		Worker worker = new Worker(++this.lastWorkerId,
				new WorkerProcess("processpool." + this.pool + "." + this.lastWorkerId,
						this.threads.numbered("output-" + this.lastWorkerId)),
				this.policy.lifetimeNanos());
		this.state.workers.add(worker);
		this.kept = Math.max(this.kept, Math.min(this.state.coreSize, this.state.workers.capacity()));
		this.chores.execute(() -> launch(worker));
	}

	private void launch(Worker worker) {
		WorkerConnection connection;
		try {
			connection = this.launcher.launch(worker.id(), worker.process());
		}
		catch (WorkerStartException ex) {
			startFailed(worker, ex);
			return;
		}
		catch (RuntimeException | Error ex) {
			worker.process().kill();
			startFailed(worker,
					new WorkerStartException("A worker of pool '" + this.pool + "' could not be started", ex));
			return;
		}
		ready(worker, connection);
	}

	private void ready(Worker worker, WorkerConnection connection) {
		List<Assignment> send = new ArrayList<>();
		Duration startup;
		WorkerSnapshot snapshot;
		this.state.lock.lock();
		try {
			startup = worker.connected(connection);
			this.state.startFailures.succeeded();
			if (worker.isOpen()) {
				this.distribution.next(worker, send);
				retireReplaced();
				fill();
			}
			snapshot = worker.snapshot();
		}
		finally {
			this.state.lock.unlock();
		}
		try {
			connection.start(this.threads.numbered("io-" + worker.id()),
					new WorkerEvents(worker, this.state, this.distribution, this, this.undertaker, this.decoder));
		}
		catch (Throwable ex) {
			// Nobody would ever hear of it again
			lost(worker, new IOException("its connection cannot be read", ex));
			return;
		}
		send.forEach(Assignment::send);
		if (worker.exitReason() != null) {
			worker.process().kill();
		}
		logger.debug("pool {}: {} is ready after {} ms", this.pool, worker, startup.toMillis());
		this.undertaker.started(snapshot, startup);
		this.whenReady.run();
	}

	private void startFailed(Worker worker, WorkerStartException failure) {
		List<PendingTask<?>> hopeless = List.of();
		ExitReason reason;
		this.state.lock.lock();
		try {
			worker.endFor(ExitReason.START_FAILED);
			reason = worker.exitReason();
			if (reason == ExitReason.START_FAILED) {
				retryAfter(this.state.startFailures.failed(failure));
				if (this.state.workers.live() == 0 && this.state.workers.count(WorkerState.STARTING) == 1) {
					hopeless = this.state.queue.drain();
				}
			}
			remove(worker);
		}
		finally {
			this.state.lock.unlock();
		}
		for (PendingTask<?> task : hopeless) {
			task.settle(() -> Delivery.failure(Outcome.REJECTED,
					new WorkerStartException(String.valueOf(failure.getMessage()), failure.getCause())));
		}
		this.undertaker.startFailed(worker, reason, failure);
	}

	private void tryAgain() {
		this.state.lock.lock();
		try {
			this.retrying = false;
			if (this.state.phase != Phase.RUNNING || this.state.startFailures.latest() == null) {
				return;
			}
			if (this.state.workers.count(WorkerState.STARTING) == 0
					&& this.state.workers.capacity() < this.state.maxSize) {
				start();
			}
			else {
				retryAfter(REPLACE_UNUSED_MILLIS);
			}
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Schedules the one next attempt. The lock is held.
	 */
	private void retryAfter(long millis) {
		if (!this.retrying) {
			this.retrying = true;
			this.clock.schedule(this::tryAgain, millis, TimeUnit.MILLISECONDS);
		}
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
		if (due != null) {
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
			this.distribution.takeBack(worker, send);
			if (worker.sent().size() == 0) {
				retire(worker, due);
			}
		}
		else {
			// It is about to be killed or dead: its next task would die with it
			this.state.workers.retire(worker);
			this.state.changed.signalAll();
		}
		fill();
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
	 * Takes a worker out of service, which has no task. The lock is held.
	 */
	private void retire(Worker worker, ExitReason reason) {
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
		List<Assignment> send = new ArrayList<>();
		this.state.lock.lock();
		try {
			worker.endFor(death.reason());
			dead = worker.sent().removeAll();
			List<Assignment> again = (this.state.phase != Phase.STOPPED) ? this.undertaker.runAgain(dead, death)
					: List.of();
			dead.removeAll(again);
			remove(worker);
			this.distribution.requeue(again, send);
			replace(worker, !dead.isEmpty() || !again.isEmpty());
		}
		finally {
			this.state.lock.unlock();
		}
		send.forEach(Assignment::send);
		this.undertaker.report(worker, death, dead);
	}

	/**
	 * Waits for the process to be gone and finds out how it died.
	 */
	private Death examine(Worker worker, IOException cause) {
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

	private void remove(Worker worker) {
		if (worker.state() != WorkerState.TERMINATED) {
			worker.transition(WorkerState.TERMINATED);
		}
		this.state.workers.remove(worker);
		this.state.changed.signalAll();
	}

	private void replace(Worker worker, boolean busy) {
		ExitReason reason = worker.exitReason();
		boolean unused = !busy && worker.tasksDone() == 0 && this.state.queue.size() == 0;
		if (reason != null && !reason.isPlanned() && unused) {
			this.clock.schedule(this::fillLater, REPLACE_UNUSED_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			fill();
		}
	}

	private void fillLater() {
		this.state.lock.lock();
		try {
			fill();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * A replacement is ready: retires one idle worker that waits for it. The lock is
	 * held.
	 */
	private void retireReplaced() {
		for (Worker worker : this.state.workers.idle()) {
			ExitReason due = worker.expiresFor();
			if (due != null) {
				retire(worker, due);
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
					retire(worker, ExitReason.RESIZED);
				}
				else if (capacity > this.state.coreSize
						&& worker.idleNanos() >= TimeUnit.NANOSECONDS.convert(keepAlive)) {
					retire(worker, ExitReason.IDLE);
				}
				else if (due != null) {
					if (!worker.isExpiring()) {
						worker.expire(due);
						fill();
					}
					// Others may have been replaced by the start that this one waited for
					if (this.state.workers.count(WorkerState.STARTING) == 0
							&& this.state.workers.capacity() >= this.kept) {
						retire(worker, due);
					}
				}
			}
		}
		finally {
			this.state.lock.unlock();
		}
	}

	void resize(int coreSize, int maxSize) {
		this.state.lock.lock();
		try {
			this.state.coreSize = coreSize;
			this.state.maxSize = maxSize;
			this.kept = Math.min(this.kept, coreSize);
			for (Worker worker : this.state.workers.idle()) {
				if (this.state.workers.capacity() > maxSize) {
					retire(worker, ExitReason.RESIZED);
				}
			}
			fill();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Retires all idle workers and kills all others. The lock is held.
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
