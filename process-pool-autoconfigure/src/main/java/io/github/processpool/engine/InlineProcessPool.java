package io.github.processpool.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.PoolConfiguration;
import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * A pool without workers, for tests and for debugging: tasks run on threads of this JVM.
 * Arguments, results and exceptions are encoded and decoded as on their way to a worker
 * and back, so they are copies, and what could not cross fails. A timeout or a
 * cancellation interrupts the thread, but nothing can kill it. Every task is started at
 * once. Safe for use by many threads.
 */
public final class InlineProcessPool implements ManagedPool {

	private final PoolConfig config;

	private final PoolListener listener;

	private final InlineCodec codec;

	private final TaskObserver observer;

	private final InPlaceProcessPool nested;

	private final Object lifecycle = new Object();

	// Guarded by lifecycle, but for reading

	private volatile @Nullable InlineRun run;

	private volatile boolean stopped;

	/**
	 * Creates a pool that takes tasks.
	 * @param config settings, of which those on workers and on waiting have no meaning
	 * here
	 * @param listener is told what becomes of tasks
	 */
	public InlineProcessPool(PoolConfig config, PoolListener listener) {
		this(config, listener, PoolIntegrations.NONE);
	}

	/**
	 * Creates a pool that takes tasks.
	 * @param config settings, of which those on workers and on waiting have no meaning
	 * here
	 * @param listener is told what becomes of tasks
	 * @param integrations what else it is connected to
	 */
	public InlineProcessPool(PoolConfig config, PoolListener listener, PoolIntegrations integrations) {
		this.config = config;
		this.listener = listener;
		this.observer = integrations.observer();
		this.codec = new InlineCodec(config, integrations);
		this.nested = new InPlaceProcessPool(config.name());
	}

	@Override
	public String getName() {
		return this.config.name();
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options) {
		if (InlineExecution.isTaskThread()) {
			// as in a worker
			return this.nested.submit(task, options);
		}
		TaskInfo info = TaskInfo.of(task, options, this.config);
		InlineRun current = open();
		if (current == null) {
			return new PendingTask<T>(info, NoOwner.INSTANCE, null).rejected(Outcome.REJECTED,
					Dispatcher.shutDown(info));
		}
		return current.submit(task, info);
	}

	private @Nullable InlineRun open() {
		InlineRun current = this.run;
		if (current != null) {
			return current;
		}
		synchronized (this.lifecycle) {
			if (this.run == null && !this.stopped) {
				this.run = new InlineRun(this.config, this.codec, this.listener, this.observer);
			}
			return this.run;
		}
	}

	@Override
	public PoolSnapshot snapshot() {
		return new PoolSnapshot(getName(), this.config.coreSize(), this.config.maxSize(), 0, 0, List.of(), List.of(),
				null);
	}

	@Override
	public Optional<PoolConfiguration> configuration() {
		return Optional.of(this.config.describe(Runtime.getRuntime().maxMemory()));
	}

	/**
	 * Does nothing: there are no workers.
	 */
	@Override
	public void resize(int coreSize, int maxSize) {
	}

	@Override
	public void start() {
		synchronized (this.lifecycle) {
			this.stopped = false;
		}
	}

	/**
	 * Does nothing: there are no workers.
	 */
	@Override
	public void startWorkers() {
	}

	@Override
	public void stop() {
		InlineRun last;
		synchronized (this.lifecycle) {
			this.stopped = true;
			last = this.run;
			this.run = null;
		}
		if (last != null) {
			last.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return !this.stopped;
	}

}
