package io.github.processpool.engine;

import java.io.IOException;
import java.util.List;

import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.engine.launch.HeapSize;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a pool, one at a time: begins one when there is something to do, and ends
 * it when the pool is stopped. Safe for use by many threads.
 */
final class PoolRuns {

	private final PoolConfig config;

	private final long maxHeap;

	private final ValueCodec values;

	private final PoolListener listener;

	private final PoolIntegrations integrations;

	private final boolean stopAtExit;

	private final Object lock = new Object();

	// Guarded by lock, but for reading

	private volatile @Nullable PoolRun current;

	private volatile boolean stopped;

	private @Nullable PoolRun ending;

	private @Nullable Thread exitHook;

	private int coreSize;

	private int maxSize;

	/**
	 * Prepares runs.
	 * @param config settings of the pool
	 * @param plan how many workers there may be, and how large
	 * @param values the codec
	 * @param listener is told what happens
	 * @param integrations what else the pool is connected to
	 * @param stopAtExit whether the end of this JVM stops a run, as nobody else will
	 */
	PoolRuns(PoolConfig config, HeapSize.Plan plan, ValueCodec values, PoolListener listener,
			PoolIntegrations integrations, boolean stopAtExit) {
		this.config = config;
		this.maxHeap = plan.maxHeap();
		this.maxSize = plan.maxSize();
		this.coreSize = Math.min(config.coreSize(), plan.maxSize());
		this.values = values;
		this.listener = listener;
		this.integrations = integrations;
		this.stopAtExit = stopAtExit;
	}

	/**
	 * The present run, or {@code null} if there is none.
	 */
	@Nullable PoolRun current() {
		return this.current;
	}

	/**
	 * The present run, begun if need be.
	 * @return the run, or {@code null} if the pool or this JVM is being stopped
	 * @throws IOException if it cannot begin
	 */
	@Nullable PoolRun open() throws IOException {
		PoolRun present = this.current;
		return (present != null) ? present : begin();
	}

	private @Nullable PoolRun begin() throws IOException {
		synchronized (this.lock) {
			if (this.current == null && !this.stopped && !JvmExit.hasBegun()) {
				this.current = PoolRun.begin(this.config, this.coreSize, this.maxSize, this.maxHeap, this.values,
						this.listener, this.integrations);
				if (this.stopAtExit) {
					this.exitHook = new Thread(this::stop, "processpool-" + this.config.name() + "-exit");
					JvmExit.call(this.exitHook);
				}
			}
			return this.current;
		}
	}

	PoolSnapshot snapshot() {
		PoolRun present = this.current;
		if (present != null) {
			return present.snapshot();
		}
		synchronized (this.lock) {
			return new PoolSnapshot(this.config.name(), this.coreSize, this.maxSize, 0, 0, List.of(), List.of(), null);
		}
	}

	/**
	 * Resizes the present run and all that follow.
	 */
	void resize(int coreSize, int maxSize) {
		synchronized (this.lock) {
			this.coreSize = coreSize;
			this.maxSize = maxSize;
			if (this.current != null) {
				this.current.resize(coreSize, maxSize);
			}
		}
	}

	/**
	 * Lets runs begin after a stop.
	 */
	void start() {
		synchronized (this.lock) {
			this.stopped = false;
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Lets no more runs begin, and ends the present one or waits for its end.
	 * @return whether there was one to end
	 */
	boolean stop() {
		PoolRun last;
		boolean first;
		synchronized (this.lock) {
			this.stopped = true;
			first = this.current != null;
			last = first ? this.current : this.ending;
			this.ending = last;
			this.current = null;
		}
		if (last != null && first) {
			try {
				last.stop(this.config.shutdownTimeout());
			}
			finally {
				ended(last);
			}
		}
		else if (last != null) {
			last.awaitStop(this.config.shutdownTimeout());
		}
		return first;
	}

	private void ended(PoolRun last) {
		synchronized (this.lock) {
			if (this.ending == last) {
				this.ending = null;
			}
			if (this.exitHook != null && this.current == null) {
				JvmExit.forget(this.exitHook);
				this.exitHook = null;
			}
		}
	}

}
