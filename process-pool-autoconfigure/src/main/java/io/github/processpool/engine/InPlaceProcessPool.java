package io.github.processpool.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * The pool of a worker: runs tasks at once, on the thread that submits them, with the
 * very objects that it is given. A worker has no workers of its own. Safe for use by many
 * threads.
 */
public final class InPlaceProcessPool implements ManagedPool {

	private final String name;

	private volatile boolean running = true;

	public InPlaceProcessPool(String name) {
		this.name = name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends @Nullable Object> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options) {
		CompletableFuture<T> future = new CompletableFuture<>();
		if (!this.running) {
			future.completeExceptionally(new ProcessPoolRejectedException("Pool '" + this.name + "' is shut down"));
			return future;
		}
		try {
			future.complete((T) ReturnedFuture.await(task.call()));
		}
		catch (Throwable ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

	@Override
	public PoolSnapshot snapshot() {
		return new PoolSnapshot(this.name, 0, 1, 0, 0, List.of(), List.of(), null);
	}

	@Override
	public void resize(int coreSize, int maxSize) {
		// there is nothing to resize
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void startWorkers() {
		// there are none
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
