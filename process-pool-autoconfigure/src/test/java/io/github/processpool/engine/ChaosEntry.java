package io.github.processpool.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerStartException;

/**
 * A task of the chaos run with its future and with what was done to it from outside.
 */
final class ChaosEntry {

	static final Object FOREIGN_VALUE = new Object();

	static final RuntimeException FOREIGN_FAILURE = new RuntimeException("completed by somebody else");

	private final ChaosTask task;

	private final TaskOptions options;

	private final CompletableFuture<Object> future;

	/** What the chaos did to the future, set before it is done. */
	private volatile String meddling = "";

	ChaosEntry(ChaosTask task, TaskOptions options, CompletableFuture<Object> future) {
		this.task = task;
		this.options = options;
		this.future = future;
	}

	ChaosTask task() {
		return this.task;
	}

	TaskOptions options() {
		return this.options;
	}

	CompletableFuture<Object> future() {
		return this.future;
	}

	/**
	 * Notes what is about to be done to the future. Only one thread meddles.
	 */
	void meddle(String how) {
		this.meddling += how + " ";
	}

	/**
	 * Which outcome a result is.
	 * @throws AssertionError if the task must not end so
	 */
	Outcome judgeValue(Object value) {
		if (value == FOREIGN_VALUE) {
			return allow(this.meddling.contains("complete"), Outcome.CANCELLED, "a foreign value");
		}
		return allow(this.task.isRight(value), Outcome.SUCCESS, "the result " + value);
	}

	/**
	 * Which outcome a failure is.
	 * @throws AssertionError if the task must not end so
	 */
	Outcome judgeFailure(Throwable failure) {
		ChaosKind kind = this.task.kind();
		if (failure == FOREIGN_FAILURE) {
			return allow(this.meddling.contains("completeExceptionally"), Outcome.CANCELLED, failure);
		}
		if (failure instanceof java.util.concurrent.TimeoutException) {
			return allow(this.meddling.contains("orTimeout"), Outcome.CANCELLED, failure);
		}
		if (failure instanceof InterruptedException) {
			return allow(this.meddling.contains("interrupt"), Outcome.CANCELLED, failure);
		}
		if (failure instanceof CancellationException) {
			return allow(this.meddling.contains("cancel"), Outcome.CANCELLED, failure);
		}
		if (failure instanceof ProcessPoolRejectedException || failure instanceof WorkerStartException) {
			return allow(kind != ChaosKind.BAD_ARGUMENT || failure.getMessage().contains("is full"), Outcome.REJECTED,
					failure);
		}
		if (failure instanceof TaskSerializationException) {
			return allow(kind == ChaosKind.BAD_ARGUMENT || kind == ChaosKind.BAD_RESULT, Outcome.SERIALIZATION,
					failure);
		}
		if (failure instanceof TaskTimeoutException) {
			return allow(this.options.taskTimeout() != null && kind != ChaosKind.BAD_ARGUMENT, Outcome.TIMEOUT,
					failure);
		}
		if (failure instanceof WorkerCrashedException crash) {
			return allow(kind != ChaosKind.BAD_ARGUMENT && crash.getAttempt() <= mostExecutions(Outcome.CRASHED),
					Outcome.CRASHED, failure);
		}
		return allow(kind == ChaosKind.THROW && failure instanceof IllegalStateException
				&& ("chaos " + this.task.id()).equals(failure.getMessage()), Outcome.ERROR, failure);
	}

	/**
	 * How many executions of the task are allowed at most.
	 */
	int mostExecutions(Outcome outcome) {
		boolean mayHaveBegun = this.task.kind() != ChaosKind.BAD_ARGUMENT;
		if (this.options.idempotent()) {
			return mayHaveBegun ? this.options.maxAttempts() : 0;
		}
		return (mayHaveBegun && outcome != Outcome.REJECTED) ? 1 : 0;
	}

	/**
	 * How many executions of the task are required.
	 */
	int leastExecutions(Outcome outcome) {
		boolean ended = outcome == Outcome.SUCCESS || outcome == Outcome.ERROR
				|| outcome == Outcome.SERIALIZATION && this.task.kind() == ChaosKind.BAD_RESULT;
		return ended ? 1 : 0;
	}

	private Outcome allow(boolean allowed, Outcome outcome, Object fact) {
		if (!allowed) {
			AssertionError error = new AssertionError(this + " must not end with " + fact);
			if (fact instanceof Throwable cause) {
				error.initCause(cause);
			}
			throw error;
		}
		return outcome;
	}

	@Override
	public String toString() {
		return "task " + this.task.id() + " " + this.task.kind() + " " + this.options + " [" + this.meddling.trim()
				+ "] " + this.future;
	}

}
