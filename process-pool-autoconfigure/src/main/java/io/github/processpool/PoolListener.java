package io.github.processpool;

import java.time.Duration;

/**
 * Is told what happens in a pool. Called by the pool's own threads or by the caller of a
 * task, so implementations have to be quick and safe for use by many threads; what they
 * throw is logged and otherwise ignored.
 *
 * @since 0.1.0
 */
public interface PoolListener {

	/**
	 * A worker became ready for tasks.
	 * @param pool name of the pool
	 * @param worker the worker
	 * @param startupTime time from launch to ready
	 */
	default void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
	}

	/**
	 * A worker has told of itself, as each does every few seconds. The last call for a
	 * worker comes before {@link #workerExited}.
	 * @param pool name of the pool
	 * @param worker the worker, with {@link WorkerSnapshot#statistics() statistics}
	 */
	default void heartbeat(String pool, WorkerSnapshot worker) {
	}

	/**
	 * A worker ended.
	 * @param pool name of the pool
	 * @param exit how it ended
	 */
	default void workerExited(String pool, WorkerExit exit) {
	}

	/**
	 * The worker of an idempotent task died, and the task is dispatched again. The end of
	 * the worker is told separately.
	 * @param retry the task
	 */
	default void taskRetried(TaskRetry retry) {
	}

	/**
	 * Whether to be told of tasks at all. If nobody is, the pool saves itself the work.
	 * @return always the same; {@code false} means that {@link #taskFinished} is not
	 * called
	 */
	default boolean hearsTasks() {
		return true;
	}

	/**
	 * The outcome of a task is known; its future is completed after this call.
	 * @param event the outcome
	 */
	default void taskFinished(TaskEvent event) {
	}

}
