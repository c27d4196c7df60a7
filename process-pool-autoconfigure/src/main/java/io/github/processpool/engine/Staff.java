package io.github.processpool.engine;

import io.github.processpool.WorkerState;
import io.github.processpool.engine.PoolState.Phase;

/**
 * Decides how many workers there are to be: as many as tasks wait, within the limits, and
 * those of the core once they were started. Safe for use by many threads.
 */
final class Staff {

	private final PoolState state;

	private Runnable start = () -> {
	};

	// Guarded by the lock

	/** Core workers that were started once are kept; before, only tasks bring them. */
	private int kept;

	Staff(PoolState state) {
		this.state = state;
	}

	/**
	 * Sets what starts a worker. It is called with the lock held.
	 */
	void onMissing(Runnable start) {
		this.start = start;
	}

	/**
	 * Starts what is missing. The lock is held.
	 */
	void fill() {
		if (this.state.phase == Phase.STOPPED || this.state.startFailures.latest() != null) {
			return;
		}
		int missing = this.state.queue.size() - this.state.workers.count(WorkerState.STARTING);
		while (missing-- > 0 && this.state.workers.capacity() < this.state.maxSize) {
			add();
		}
		while (this.state.phase == Phase.RUNNING && !isComplete()) {
			add();
		}
	}

	/**
	 * Starts one more worker. The lock is held.
	 */
	void add() {
		this.start.run();
		this.kept = Math.max(this.kept, Math.min(this.state.coreSize, this.state.workers.capacity()));
	}

	/**
	 * Whether there are as many workers as are kept. The lock is held.
	 */
	boolean isComplete() {
		return this.state.workers.capacity() >= this.kept;
	}

	/**
	 * Starts what is missing. The lock is not held.
	 */
	void fillLater() {
		this.state.lock.lock();
		try {
			fill();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Starts the core workers. The lock is not held.
	 */
	void fillCore() {
		this.state.lock.lock();
		try {
			this.kept = this.state.coreSize;
			fill();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Changes the limits. The lock is held.
	 */
	void resize(int coreSize, int maxSize) {
		this.state.coreSize = coreSize;
		this.state.maxSize = maxSize;
		this.kept = Math.min(this.kept, coreSize);
	}

}
