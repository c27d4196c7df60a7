package io.github.processpool.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.protocol.SettingNames;

/**
 * Stops work that is no longer wanted or takes too long: interrupts the task, and kills
 * the worker if the task has not ended when the grace period has. No future waits for any
 * of this.
 */
final class TaskStopper {

	/** A worker too busy to answer within that time is not going to. */
	private static final long DUMP_MILLIS = 250;

	/** How often to look whether a task has started that was late to. */
	private static final long START_POLL_MILLIS = 20;

	private final PoolState state;

	private final Duration cancelGrace;

	private final SettingNames settings;

	private final ScheduledExecutorService clock;

	private final Executor chores;

	TaskStopper(PoolState state, PoolConfig config, ScheduledExecutorService clock, Executor chores) {
		this.state = state;
		this.cancelGrace = config.cancelGrace();
		this.settings = config.settings();
		this.clock = clock;
		this.chores = chores;
	}

	/**
	 * Stops the task of a dispatch.
	 * @param assignment the dispatch
	 * @param reason why its worker is killed, should it come to that
	 */
	void stop(Assignment assignment, ExitReason reason) {
		// Its caller is about to leave and reads no more
		assignment.worker().connection().results().leaveToIoThread();
		assignment.worker().connection().cancel(assignment.id());
		this.clock.schedule(() -> killUnlessEnded(assignment, reason), TimeUnit.NANOSECONDS.convert(this.cancelGrace),
				TimeUnit.NANOSECONDS);
	}

	private void killUnlessEnded(Assignment assignment, ExitReason reason) {
		this.state.lock.lock();
		try {
			if (!assignment.worker().sent().isFirst(assignment)) {
				return;
			}
			this.state.condemn(assignment.worker(), reason);
		}
		finally {
			this.state.lock.unlock();
		}
		this.chores.execute(assignment.worker().process()::kill);
	}

	/**
	 * Kills a worker.
	 * @param worker the worker
	 * @param reason why
	 */
	void kill(Worker worker, ExitReason reason) {
		this.state.lock.lock();
		try {
			this.state.condemn(worker, reason);
		}
		finally {
			this.state.lock.unlock();
		}
		this.chores.execute(worker.process()::kill);
	}

	/**
	 * Sees to it that the first task of a worker does not run for longer than it may. The
	 * lock is held.
	 */
	void watch(Assignment assignment) {
		long nanos = assignment.task().info().taskTimeoutNanos();
		if (nanos > 0) {
			watch(assignment, nanos, true);
		}
	}

	/**
	 * Looks at a task later.
	 * @param expected whether it should have started by now; else the time of execution
	 * counts from when it is seen to have
	 */
	private void watch(Assignment assignment, long nanos, boolean expected) {
		assignment.worker()
			.sent()
			.deadline(this.clock.schedule(() -> look(assignment, expected), nanos, TimeUnit.NANOSECONDS));
	}

	private void look(Assignment assignment, boolean expected) {
		this.state.lock.lock();
		try {
			if (!assignment.worker().sent().isFirst(assignment)) {
				return;
			}
			if (!assignment.worker().connection().ledger().isStarted(assignment.id())) {
				// Still on its way to the worker: the time of execution has not begun
				watch(assignment, TimeUnit.MILLISECONDS.toNanos(START_POLL_MILLIS), false);
				return;
			}
			if (!expected) {
				watch(assignment, assignment.task().info().taskTimeoutNanos(), true);
				return;
			}
		}
		finally {
			this.state.lock.unlock();
		}
		deadline(assignment);
	}

	private void deadline(Assignment assignment) {
		if (assignment.task().isClaimed()) {
			// Its outcome is not wanted any more, but its worker is
			stop(assignment, ExitReason.TIMED_OUT);
			return;
		}
		CompletableFuture<String> dump = assignment.worker().connection().dump();
		// Not completeOnTimeout: all of the JVM shares its thread, which others may block
		this.clock.schedule(() -> dump.complete(""), DUMP_MILLIS, TimeUnit.MILLISECONDS);
		dump.thenAccept((text) -> timedOut(assignment, text));
	}

	private void timedOut(Assignment assignment, String dump) {
		if (!isFirst(assignment)) {
			// It ended over the dump, or its worker did: a second attempt has its own
			// deadline
			return;
		}
		assignment.task().settle(() -> Delivery.failure(Outcome.TIMEOUT, timeout(assignment, dump)));
		stop(assignment, ExitReason.TIMED_OUT);
	}

	private boolean isFirst(Assignment assignment) {
		this.state.lock.lock();
		try {
			return assignment.worker().sent().isFirst(assignment);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private TaskTimeoutException timeout(Assignment assignment, String dump) {
		TaskInfo task = assignment.task().info();
		Duration timeout = Duration.ofNanos(task.taskTimeoutNanos());
		long pid = assignment.worker().process().pid();
		return new TaskTimeoutException(
				"Task '" + task.description() + "' ran for longer than " + timeout.toMillis() + " ms on worker "
						+ assignment.worker().id() + " of pool '" + task.pool() + "' (pid " + pid + ") and is stopped. "
						+ task.raiseTaskTimeout(this.settings) + " if it needs more time"
						+ (dump.isEmpty() ? "; the worker was too busy for a thread dump"
								: "\n--- threads of the worker at the deadline ---\n" + dump),
				timeout, pid, dump.isEmpty() ? null : dump);
	}

}
