package io.github.processpool;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A moment's view of a pool, taken as a whole. It may be out of date when it is read.
 *
 * @param name name of the pool
 * @param coreSize workers kept
 * @param maxSize workers at most
 * @param queuedTasks number of tasks that wait for a worker
 * @param queuedBytes bytes of their encoded arguments
 * @param workers the workers that there are
 * @param lastExits the latest ends of workers, newest first, 20 at most
 * @param startFailure why workers cannot start at present, or {@code null} if they can
 * @since 0.1.0
 */
public record PoolSnapshot(String name, int coreSize, int maxSize, int queuedTasks, long queuedBytes,
		List<WorkerSnapshot> workers, List<WorkerExit> lastExits, @Nullable Throwable startFailure) {

	/**
	 * Copies the lists.
	 */
	public PoolSnapshot {
		workers = List.copyOf(workers);
		lastExits = List.copyOf(lastExits);
	}

	/**
	 * Number of workers in a state.
	 * @param state the state
	 * @return how many of {@link #workers()} are in it
	 */
	public int workers(WorkerState state) {
		return (int) this.workers.stream().filter((worker) -> worker.state() == state).count();
	}

}
