package io.github.processpool.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.processpool.CrashReport;
import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskRetry;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStartException;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with the ends of workers: finds out how they died, judges what becomes of their
 * tasks, and tells those who care. Safe for use by many threads.
 */
final class Undertaker {

	private static final Logger logger = LoggerFactory.getLogger(Undertaker.class);

	/** A task whose mere transfer kills workers must not kill all of them. */
	private static final int MOST_LOST_DISPATCHES = 3;

	private static final int REMEMBERED_EXITS = 20;

	private final String pool;

	private final SettingNames settings;

	private final PoolListener listener;

	private final Deque<WorkerExit> lastExits = new ArrayDeque<>();

	Undertaker(PoolConfig config, PoolListener listener) {
		this.pool = config.name();
		this.settings = config.settings();
		this.listener = listener;
	}

	void started(WorkerSnapshot worker, Duration startup) {
		this.listener.workerStarted(this.pool, worker, startup);
	}

	/**
	 * A worker has told of itself.
	 */
	void alive(WorkerSnapshot worker) {
		this.listener.heartbeat(this.pool, worker);
	}

	void startFailed(Worker worker, @Nullable ExitReason reason, WorkerStartException failure) {
		if (reason == ExitReason.START_FAILED) {
			logger.warn("pool {}: worker {}: {}", this.pool, worker.id(), failure.getMessage());
		}
		exited(worker, (reason != null) ? reason : ExitReason.START_FAILED, worker.process().awaitDeath(),
				failure.getMessage(), null);
	}

	/**
	 * Which tasks of a lost worker are dispatched again. The lock is held.
	 * @param tasks what the worker had not ended, the first of them first
	 * @return some of them, in their order
	 */
	List<Assignment> runAgain(List<Assignment> tasks, Death death) {
		List<Assignment> again = new ArrayList<>();
		boolean next = true;
		for (Assignment assignment : tasks) {
			if (assignment.worker().connection().ledger().isStarted(assignment.id())) {
				if (mayStartAgain(assignment, death)) {
					again.add(assignment);
				}
			}
			else {
				// Only the first of them can have been on its way into the worker
				if (!next || ++assignment.task().lostDispatches < MOST_LOST_DISPATCHES) {
					again.add(assignment);
				}
				next = false;
			}
		}
		return again;
	}

	private boolean mayStartAgain(Assignment assignment, Death death) {
		PendingTask<?> task = assignment.task();
		if (task.isClaimed() || task.failedAttempts.size() + 1 >= task.info().maxAttempts()) {
			return false;
		}
		List<Throwable> attempts = new ArrayList<>(task.failedAttempts);
		attempts.add(new WorkerCrashedException(report(assignment, death), null));
		task.failedAttempts = attempts;
		return true;
	}

	/**
	 * Which tasks are started once more. The lock is held.
	 * @param again what is dispatched again
	 */
	List<TaskRetry> retries(List<Assignment> again, Death death) {
		List<TaskRetry> retries = new ArrayList<>();
		for (Assignment assignment : again) {
			Worker worker = assignment.worker();
			if (worker.connection().ledger().isStarted(assignment.id())) {
				TaskInfo info = assignment.task().info();
				ExitReason known = worker.exitReason();
				retries.add(new TaskRetry(this.pool, info.className(), info.methodName(),
						assignment.task().failedAttempts.size(), info.maxAttempts(), worker.id(),
						(known != null) ? known : death.reason()));
			}
		}
		return retries;
	}

	void report(List<TaskRetry> retries) {
		retries.forEach(this.listener::taskRetried);
	}

	/**
	 * Tells of the end of a worker and fails the tasks that died with it.
	 */
	void report(Worker worker, Death death, List<Assignment> tasks) {
		for (Assignment assignment : tasks) {
			assignment.task().settle(() -> crashed(assignment, death, null));
		}
		ExitReason reason = worker.exitReason();
		if (reason == null) {
			reason = death.reason();
		}
		if (!reason.isPlanned()) {
			logger.warn("pool {}: lost worker {} pid={} reason={} exitCode={} signal={} age={} ms task={}", this.pool,
					worker.id(), worker.process().pid(), reason, death.exitCode(), death.signal(),
					worker.age().toMillis(), tasks.isEmpty() ? "none" : tasks.get(0).task().info().description());
		}
		else {
			logger.debug("pool {}: worker {} pid={} ended, reason={}", this.pool, worker.id(), worker.process().pid(),
					reason);
		}
		exited(worker, reason, death, detail(reason, death),
				tasks.isEmpty() ? null : tasks.get(0).task().info().description());
	}

	/**
	 * The outcome of a task that ran out of memory and lived to tell.
	 */
	Delivery outOfMemory(Assignment assignment, Throwable cause) {
		return crashed(assignment, new Death(-1, null, true, List.of(), List.of(), null, cause.toString()), cause);
	}

	private Delivery crashed(Assignment assignment, Death death, @Nullable Throwable cause) {
		WorkerCrashedException failure = new WorkerCrashedException(report(assignment, death), cause);
		assignment.task().failedAttempts.forEach(failure::addSuppressed);
		return Delivery.failure(Outcome.CRASHED, failure);
	}

	private CrashReport report(Assignment assignment, Death death) {
		Worker worker = assignment.worker();
		PendingTask<?> task = assignment.task();
		ExitReason known = worker.exitReason();
		ExitReason reason = (known != null) ? known : death.reason();
		return new CrashReport(this.pool, worker.id(), worker.process().pid(), worker.age(), reason, death.exitCode(),
				death.signal(), task.info().description(), Duration.ofNanos(System.nanoTime() - assignment.nanos()),
				task.failedAttempts.size() + 1, worker.connection().ledger().isEnded(assignment.id()),
				death.stderrTail(), death.errorLog(), detail(reason, death));
	}

	/**
	 * What is known beyond the exit code, which tells nothing where the pool did the
	 * killing, and what to do about it.
	 */
	private @Nullable String detail(ExitReason reason, Death death) {
		if (reason == ExitReason.UNRESPONSIVE) {
			return "it gave no sign of life. Raise " + this.settings.of("worker.heartbeat-timeout")
					+ " if it may pause for that long";
		}
		if (reason == ExitReason.OUT_OF_MEMORY) {
			String fact = (death.detail() != null) ? death.detail() + ". " : "";
			return fact + ((death.signal() != null)
					? "Give the machine or container more memory, or lower " + this.settings.of("max-size") + " or "
							+ this.settings.of("worker.max-heap")
					: "Raise " + this.settings.of("worker.max-heap") + ", or let the task need less");
		}
		return reason.isPlanned() ? null : death.detail();
	}

	private void exited(Worker worker, ExitReason reason, Death death, @Nullable String detail, @Nullable String task) {
		WorkerExit exit = new WorkerExit(worker.id(), worker.process().pid(), reason, death.exitCode(), death.signal(),
				worker.age(), Instant.now(), detail, task);
		synchronized (this.lastExits) {
			this.lastExits.addFirst(exit);
			if (this.lastExits.size() > REMEMBERED_EXITS) {
				this.lastExits.removeLast();
			}
		}
		this.listener.workerExited(this.pool, exit);
	}

	List<WorkerExit> lastExits() {
		synchronized (this.lastExits) {
			return List.copyOf(this.lastExits);
		}
	}

}
