package io.github.processpool.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerStartException;
import org.jspecify.annotations.Nullable;

/**
 * Takes tasks and sees to it that each has its place: with a worker or in the queue. Safe
 * for use by many threads. <pre>
 *  caller ----> submit ----> idle worker?  yes: send it
 *                              no: queue, ask for one more worker
 *  any thread -> abandoned -> out of the queue, back from the worker, or stop it
 * </pre>
 */
final class Dispatcher implements PendingTask.Owner {

	private final PoolConfig config;

	private final PoolState state;

	private final Distribution distribution;

	private final TaskStopper stopper;

	private final QueueTimeout queueTimeout;

	private final Executor completions;

	private final PoolListener listener;

	private final SubmitSites submitSites = new SubmitSites();

	private final AtomicInteger unfinished = new AtomicInteger();

	private Runnable tasksWait = () -> {
	};

	Dispatcher(PoolConfig config, PoolState state, Distribution distribution, TaskStopper stopper,
			QueueTimeout queueTimeout, Executor completions, PoolListener listener) {
		this.config = config;
		this.state = state;
		this.distribution = distribution;
		this.stopper = stopper;
		this.queueTimeout = queueTimeout;
		this.completions = completions;
		this.listener = listener;
	}

	/**
	 * Sets what is called, with the lock held, when tasks wait.
	 */
	void onWait(Runnable tasksWait) {
		this.tasksWait = tasksWait;
	}

	/**
	 * Reserves a place for a task before anything is spent on it. Tasks that workers can
	 * take at once need no place in the queue, so that a queue of size 0 is of use.
	 * @return whether there was one
	 */
	boolean admit(PendingTask<?> task) {
		int limit = this.config.queueCapacity() + this.state.maxSize;
		int count = this.unfinished.get();
		while (count < limit || limit < 0) {
			int witness = this.unfinished.compareAndExchange(count, count + 1);
			if (witness == count) {
				task.admitted();
				return true;
			}
			count = witness;
		}
		return false;
	}

	/**
	 * Takes a task that is encoded. Its future may fail at once.
	 */
	void submit(PendingTask<?> task) {
		Assignment assignment = null;
		Throwable refusal;
		this.state.lock.lock();
		try {
			refusal = refuse(task);
			if (refusal == null) {
				assignment = place(task);
			}
		}
		finally {
			this.state.lock.unlock();
		}
		if (refusal != null) {
			task.rejected(Outcome.REJECTED, refusal);
		}
		else if (assignment != null) {
			assignment.send();
		}
	}

	/**
	 * Why a task cannot be taken. The lock is held.
	 */
	private @Nullable Throwable refuse(PendingTask<?> task) {
		if (this.state.phase != PoolState.Phase.RUNNING) {
			return shutDown(task.info());
		}
		WorkerStartException failure = this.state.startFailures.latest();
		if (failure != null && this.state.workers.live() == 0) {
			return new WorkerStartException("Task '" + task.info().description()
					+ "' is not attempted: the latest start of a worker failed, and the next attempt is still to come. "
					+ failure.getMessage(), failure.getCause());
		}
		long bytes = this.state.queue.bytes() + task.payload().size();
		if (bytes > this.config.queueBytes() && this.state.queue.size() > 0) {
			return new ProcessPoolRejectedException("Task '" + task.info().description() + "' is rejected by pool '"
					+ this.config.name() + "': " + bytes + " bytes of arguments would wait, more than "
					+ this.config.queueBytes() + " (" + this.state.describe() + "). " + raise("queue-bytes"));
		}
		return null;
	}

	/**
	 * Gives the task to an idle worker or puts it in the queue. The lock is held.
	 */
	private @Nullable Assignment place(PendingTask<?> task) {
		Worker worker = this.state.workers.acquire();
		if (worker != null) {
			return this.distribution.assign(task, worker, task.isAwaited());
		}
		this.state.queue.addLast(task);
		this.queueTimeout.watch(task);
		this.tasksWait.run();
		return null;
	}

	ProcessPoolRejectedException queueFull(PendingTask<?> task) {
		String facts;
		this.state.lock.lock();
		try {
			facts = this.state.describe();
		}
		finally {
			this.state.lock.unlock();
		}
		return new ProcessPoolRejectedException("Task '" + task.info().description() + "' is rejected by pool '"
				+ this.config.name() + "': its queue of " + this.config.queueCapacity() + " tasks is full (" + facts
				+ "). " + raise("queue-capacity"));
	}

	private String raise(String setting) {
		return "Raise " + this.config.settings().of(setting) + " or " + this.config.settings().of("max-size");
	}

	static ProcessPoolRejectedException shutDown(TaskInfo task) {
		return new ProcessPoolRejectedException(
				"Task '" + task.description() + "' is rejected by pool '" + task.pool() + "': the pool is shut down");
	}

	static ProcessPoolRejectedException jvmEnds(TaskInfo task) {
		return new ProcessPoolRejectedException("Task '" + task.description() + "' is rejected by pool '" + task.pool()
				+ "': this JVM is shutting down");
	}

	@Override
	public Executor executor() {
		return this.completions;
	}

	@Override
	public SubmitSite submitSite() {
		return this.submitSites.here();
	}

	@Override
	public void claimed(PendingTask<?> task) {
		if (task.isAdmitted()) {
			this.unfinished.decrementAndGet();
		}
	}

	@Override
	public void abandoned(PendingTask<?> task, boolean stop) {
		Assignment running;
		List<Assignment> send = new ArrayList<>(0);
		this.state.lock.lock();
		try {
			if (this.state.queue.remove(task)) {
				this.state.changed.signalAll();
				return;
			}
			Assignment assignment = task.assignment;
			if (assignment == null) {
				return;
			}
			if (stop || !assignment.worker().sent().isFirst(assignment)) {
				// What has not started can be had back: sent ahead, or not sent whole
				this.distribution.takeBack(assignment.worker(), send);
			}
			running = task.assignment;
		}
		finally {
			this.state.lock.unlock();
		}
		send.forEach(Assignment::send);
		if (stop && running != null) {
			this.stopper.stop(running, ExitReason.CANCELLED);
		}
	}

	@Override
	public boolean isHeard() {
		return this.listener.hearsTasks();
	}

	@Override
	public void finished(PendingTask<?> task, Outcome outcome) {
		if (!isHeard() && !task.isObserved()) {
			return;
		}
		long now = System.nanoTime();
		Assignment assignment = task.assignment;
		TaskEvent event = new TaskEvent(this.config.name(), task.info().className(), task.info().methodName(), outcome,
				Duration.ofNanos(now - task.submittedNanos()),
				(assignment != null) ? Duration.ofNanos(assignment.nanos() - task.submittedNanos()) : null,
				(assignment != null) ? Duration.ofNanos(now - assignment.nanos()) : null,
				(assignment != null) ? assignment.worker().id() : 0,
				task.failedAttempts.size() + ((assignment != null) ? 1 : 0), task.transfer(now));
		this.listener.taskFinished(event);
		task.observed(event, (assignment != null) ? assignment.worker().process().pid() : -1);
	}

}
