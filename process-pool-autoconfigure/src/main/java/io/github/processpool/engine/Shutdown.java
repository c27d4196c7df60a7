package io.github.processpool.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerState;
import io.github.processpool.engine.PoolState.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the tasks and the workers of a run: drains, cancels and kills, in this order.
 * Confined to the thread that stops the pool.
 */
final class Shutdown {

	private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

	/** What is kept of the shutdown timeout for workers to close their contexts. */
	private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** Far enough away for a point in time that never comes. */
	private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

	private final PoolConfig config;

	private final PoolState state;

	private final TaskStopper taskStopper;

	private final Dismissal dismissal;

	private final ArchiveTrainer trainer;

	Shutdown(PoolConfig config, PoolState state, TaskStopper taskStopper, Dismissal dismissal, ArchiveTrainer trainer) {
		this.config = config;
		this.state = state;
		this.taskStopper = taskStopper;
		this.dismissal = dismissal;
		this.trainer = trainer;
	}

	/**
	 * What a shutdown may take together with what the machine takes to kill.
	 * @param timeout what it is given
	 */
	static long longestNanos(Duration timeout) {
		return nanos(timeout) + 3 * CLOSE_NANOS;
	}

	private static long nanos(Duration timeout) {
		return Math.min(TimeUnit.NANOSECONDS.convert(timeout), LONGEST_NANOS);
	}

	/**
	 * Ends all tasks and workers.
	 * @param timeout how long tasks and workers may take to end by themselves
	 * @return whether this thread was interrupted, and everything killed for that
	 */
	boolean run(Duration timeout) {
		long nanos = nanos(timeout);
		long deadline = System.nanoTime() + nanos;
		long grace = Math.min(TimeUnit.NANOSECONDS.convert(this.config.cancelGrace()), nanos);
		long reserve = Math.min(grace + CLOSE_NANOS, nanos / 2);
		boolean interrupted = false;
		this.trainer.stop();
		try {
			drain(deadline - reserve);
			stopTasks(deadline - Math.min(CLOSE_NANOS, reserve / 2));
			dismissWorkers(deadline);
			this.trainer.awaitEnd(CLOSE_NANOS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			killRest();
		}
		return interrupted;
	}

	private void drain(long deadline) throws InterruptedException {
		this.state.lock.lock();
		try {
			this.state.phase = Phase.DRAINING;
			await(deadline, () -> this.state.queue.size() == 0 && this.state.workers.count(WorkerState.BUSY) == 0);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Ends what did not end in time.
	 */
	private void stopTasks(long deadline) throws InterruptedException {
		List<Assignment> running = new ArrayList<>();
		List<PendingTask<?>> queued;
		this.state.lock.lock();
		try {
			this.state.phase = Phase.STOPPED;
			queued = this.state.queue.drain();
			for (Worker worker : this.state.workers.all()) {
				if (worker.isConnected()) {
					worker.sent().takeBack(worker.connection().ledger()).forEach((sent) -> queued.add(sent.task()));
					running.addAll(worker.sent().all());
				}
			}
		}
		finally {
			this.state.lock.unlock();
		}
		queued.forEach(this::reject);
		for (Assignment assignment : running) {
			assignment.task().settle(() -> Delivery.failure(Outcome.CANCELLED, stopped(assignment.task().info())));
			this.taskStopper.stop(assignment, ExitReason.SHUTDOWN);
		}
		this.state.lock.lock();
		try {
			await(deadline, () -> this.state.workers.count(WorkerState.BUSY) == 0);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private void dismissWorkers(long deadline) throws InterruptedException {
		this.state.lock.lock();
		try {
			this.dismissal.dismissAll(Math.max(1, deadline - System.nanoTime()));
			await(deadline, this.state.workers::isEmpty);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private void killRest() {
		List<Worker> rest;
		List<PendingTask<?>> queued;
		this.state.lock.lock();
		try {
			this.state.phase = Phase.STOPPED;
			rest = new ArrayList<>(this.state.workers.all());
			rest.forEach((worker) -> this.state.condemn(worker, ExitReason.SHUTDOWN));
			queued = this.state.queue.drain();
		}
		finally {
			this.state.lock.unlock();
		}
		queued.forEach(this::reject);
		for (Worker worker : rest) {
			logger.warn("pool {}: {} is killed, it did not end within the shutdown timeout", this.config.name(),
					worker);
			worker.process().kill();
		}
		this.state.lock.lock();
		try {
			await(System.nanoTime() + CLOSE_NANOS, () -> this.state.workers.isEmpty() && this.state.unreported == 0);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private void reject(PendingTask<?> task) {
		task.settle(() -> Delivery.failure(Outcome.REJECTED, Dispatcher.shutDown(task.info())));
	}

	private CancellationException stopped(TaskInfo task) {
		return new CancellationException("Task '" + task.description() + "' was stopped: pool '" + task.pool()
				+ "' is shut down, and its shutdown timeout of " + this.config.shutdownTimeout().toMillis()
				+ " ms was over. Raise " + this.config.settings().of("shutdown-timeout")
				+ " if its tasks need longer to end");
	}

	private void await(long deadline, BooleanSupplier condition) throws InterruptedException {
		long left = deadline - System.nanoTime();
		while (!condition.getAsBoolean() && left > 0) {
			left = this.state.changed.awaitNanos(left);
		}
	}

}
