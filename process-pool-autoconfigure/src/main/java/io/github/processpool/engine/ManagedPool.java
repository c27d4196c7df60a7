package io.github.processpool.engine;

import io.github.processpool.ProcessPool;

/**
 * A pool whose life is managed. A new pool takes tasks at once and starts what it needs
 * with the first of them. Safe for use by many threads.
 */
public interface ManagedPool extends ProcessPool {

	/**
	 * Makes a stopped pool take tasks again. Starts no worker.
	 */
	void start();

	/**
	 * Starts the core workers, without waiting for them.
	 */
	void startWorkers();

	/**
	 * Takes no more tasks, lets those that were accepted end, and stops what is left at
	 * the end of the shutdown timeout. Returns when the workers are gone.
	 */
	void stop();

	/**
	 * Whether the pool takes tasks.
	 * @return {@code false} from the beginning of a stop to the next start
	 */
	boolean isRunning();

	@Override
	default void close() {
		stop();
	}

}
