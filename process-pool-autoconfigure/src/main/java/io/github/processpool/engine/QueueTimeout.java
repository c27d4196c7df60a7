package io.github.processpool.engine;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.protocol.SettingNames;

/**
 * Sees to it that tasks do not wait for a worker for longer than they may, counted from
 * their submission. A task that was started once has had its worker: its retry may wait.
 */
final class QueueTimeout {

	private final PoolState state;

	private final ScheduledExecutorService clock;

	private final SettingNames settings;

	QueueTimeout(PoolState state, ScheduledExecutorService clock, SettingNames settings) {
		this.state = state;
		this.clock = clock;
		this.settings = settings;
	}

	/**
	 * Watches a task that was put in the queue. The lock is held.
	 */
	void watch(PendingTask<?> task) {
		long nanos = task.info().queueTimeoutNanos();
		if (nanos > 0 && task.failedAttempts.isEmpty()) {
			long left = Math.max(0, nanos - (System.nanoTime() - task.submittedNanos()));
			task.timer(this.clock.schedule(() -> deadline(task), left, TimeUnit.NANOSECONDS));
		}
	}

	private void deadline(PendingTask<?> task) {
		String facts;
		this.state.lock.lock();
		try {
			facts = this.state.describe();
			if (!this.state.queue.remove(task)) {
				return;
			}
			this.state.changed.signalAll();
		}
		finally {
			this.state.lock.unlock();
		}
		task.settle(() -> Delivery.failure(Outcome.REJECTED, rejection(task.info(), facts)));
	}

	private ProcessPoolRejectedException rejection(TaskInfo task, String facts) {
		return new ProcessPoolRejectedException("Task '" + task.description() + "' waited for a worker of pool '"
				+ task.pool() + "' for longer than its queue timeout of "
				+ TimeUnit.NANOSECONDS.toMillis(task.queueTimeoutNanos()) + " ms (" + facts + "). "
				+ task.raiseQueueTimeout(this.settings) + " or " + this.settings.of("max-size"));
	}

}
