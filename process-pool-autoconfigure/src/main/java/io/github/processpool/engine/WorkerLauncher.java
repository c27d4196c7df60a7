package io.github.processpool.engine;

import io.github.processpool.WorkerStartException;

/**
 * Makes workers.
 */
interface WorkerLauncher {

	/**
	 * Launches a worker and waits until it is ready for tasks.
	 * @param workerId number of the worker
	 * @param process what to launch; it can be killed meanwhile, which ends the wait
	 * @return the connection, which is not read yet
	 * @throws WorkerStartException if the worker does not become ready
	 */
	WorkerConnection launch(int workerId, WorkerProcess process) throws WorkerStartException;

}
