package io.github.processpool.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStartException;
import io.github.processpool.WorkerState;
import io.github.processpool.engine.PoolState.Phase;
import io.github.processpool.protocol.SettingNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings workers into service, one attempt after the other where they fail to start. Safe
 * for use by many threads.
 */
final class Recruitment {

	private static final Logger logger = LoggerFactory.getLogger(Recruitment.class);

	/** How long until the next look when a start that is due has to wait. */
	private static final long RETRY_MILLIS = 1000;

	private final String pool;

	private final SettingNames settings;

	private final PoolState state;

	private final Staff staff;

	private final Distribution distribution;

	private final Retirement retirement;

	private final WorkerLauncher launcher;

	private final RetirementPolicy policy;

	private final Undertaker undertaker;

	private final PoolThreads threads;

	private final ScheduledExecutorService clock;

	private final Executor chores;

	private final Function<Worker, WorkerConnection.Events> events;

	private final Runnable whenReady;

	// Guarded by the lock

	private int lastWorkerId;

	private boolean retrying;

	Recruitment(PoolConfig config, PoolState state, Staff staff, Distribution distribution, Retirement retirement,
			WorkerLauncher launcher, RetirementPolicy policy, Undertaker undertaker, PoolThreads threads,
			ScheduledExecutorService clock, Executor chores, Function<Worker, WorkerConnection.Events> events,
			Runnable whenReady) {
		this.pool = config.name();
		this.settings = config.settings();
		this.state = state;
		this.staff = staff;
		this.distribution = distribution;
		this.retirement = retirement;
		this.launcher = launcher;
		this.policy = policy;
		this.undertaker = undertaker;
		this.threads = threads;
		this.clock = clock;
		this.chores = chores;
		this.events = events;
		this.whenReady = whenReady;
	}

	/**
	 * Starts a worker. The lock is held.
	 */
	void start() {
		int id = ++this.lastWorkerId;
		// Loggers are never freed, so their names must not grow with the workers
		int slot = this.state.workers.freeSlot();
		Worker worker = new Worker(id, slot,
				new WorkerProcess("processpool." + this.pool + "." + slot, this.threads.numbered("output-" + id)),
				this.policy.lifetimeNanos());
		this.state.workers.add(worker);
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
					new WorkerStartException("A worker of pool '" + this.pool + "' could not be started: " + ex, ex));
			return;
		}
		try {
			connection.start(this.threads.numbered("io-" + worker.id()), this.events.apply(worker));
		}
		catch (Throwable ex) {
			// Nobody would ever hear of it again
			close(connection);
			worker.process().kill();
			startFailed(worker,
					new WorkerStartException(
							"A worker of pool '" + this.pool + "' was started, but its connection cannot be read: " + ex
									+ MachineFaults.remedy(ex, this.settings),
							ex));
			return;
		}
		ready(worker, connection);
	}

	private void close(WorkerConnection connection) {
		try {
			connection.close();
		}
		catch (IOException ex) {
			logger.debug("pool {}: cannot close the connection to a worker that is not used", this.pool, ex);
		}
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
				this.retirement.replaced();
				this.staff.fill();
			}
			snapshot = worker.snapshot();
		}
		finally {
			this.state.lock.unlock();
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
			this.state.remove(worker);
		}
		finally {
			this.state.lock.unlock();
		}
		try {
			for (PendingTask<?> task : hopeless) {
				task.settle(() -> Delivery.failure(Outcome.REJECTED,
						new WorkerStartException(String.valueOf(failure.getMessage()), failure.getCause())));
			}
			this.undertaker.startFailed(worker, reason, failure);
		}
		finally {
			this.state.reported();
		}
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
				this.staff.add();
			}
			else {
				retryAfter(RETRY_MILLIS);
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

}
