package io.github.processpool;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A pool of child JVMs, called workers, that run tasks one at a time each. Safe for use
 * by many threads.
 * <p>
 * Every accepted task has exactly one outcome. {@code submit} never throws for a reason
 * of the pool: the future fails, with the very exception of the task or with a
 * {@link ProcessPoolException} or {@link ProcessPoolRejectedException} that tells what
 * went wrong.
 * <p>
 * On the future, {@code cancel(true)} stops the work (interrupt, grace period, kill of
 * the worker); {@code cancel(false)} drops the result of a running task and takes a
 * waiting one out of the queue. Completing the future in any other way means that the
 * outcome is no longer wanted and stops the work as {@code cancel(true)} does; so
 * {@code orTimeout} frees the worker. Dependent stages ({@code thenApply} and so on) are
 * plain futures: cancelling one of them stops nothing.
 *
 * @since 0.1.0
 */
public interface ProcessPool extends AutoCloseable {

	/**
	 * Name of the pool, {@code default} for the one without a name.
	 * @return the name, as in properties, meters and logs
	 */
	String getName();

	/**
	 * Sends a task to a worker.
	 * @param <T> the type of the result
	 * @param task the task, serialised before this method returns
	 * @return a future for its result
	 */
	default <T extends @Nullable Object> CompletableFuture<T> submit(ProcessTask<T> task) {
		return submit(task, TaskOptions.defaults());
	}

	/**
	 * Sends a task with options of its own to a worker.
	 * @param <T> the type of the result
	 * @param task the task, serialised before this method returns
	 * @param options what the task asks for
	 * @return a future for its result
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options);

	/**
	 * Sends a task to a worker and waits for its result. Costs less than to submit it and
	 * then to wait, since no other thread needs to hand the result over.
	 * @param <T> the type of the result
	 * @param task the task, serialised first
	 * @return the result
	 * @throws ExecutionException if the task fails, with the failure as its cause
	 * @throws InterruptedException if the calling thread is interrupted, which cancels
	 * the task
	 * @throws java.util.concurrent.CancellationException if the task was stopped because
	 * the pool is shut down
	 */
	default <T extends @Nullable Object> T call(ProcessTask<T> task) throws InterruptedException, ExecutionException {
		return call(task, TaskOptions.defaults());
	}

	/**
	 * Sends a task with options of its own to a worker and waits for its result.
	 * @param <T> the type of the result
	 * @param task the task, serialised first
	 * @param options what the task asks for
	 * @return the result
	 * @throws ExecutionException if the task fails, with the failure as its cause
	 * @throws InterruptedException if the calling thread is interrupted, which cancels
	 * the task
	 * @throws java.util.concurrent.CancellationException if the task was stopped because
	 * the pool is shut down
	 */
	default <T extends @Nullable Object> T call(ProcessTask<T> task, TaskOptions options)
			throws InterruptedException, ExecutionException {
		CompletableFuture<T> future = submit(task, options);
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			throw ex;
		}
	}

	/**
	 * What the pool looks like at this moment.
	 * @return a moment's view
	 */
	PoolSnapshot snapshot();

	/**
	 * Changes the number of workers of the running pool. Workers above the new maximum
	 * end when their task ends.
	 * @param coreSize workers kept, at least 0
	 * @param maxSize workers at most, at least 1 and at least {@code coreSize}
	 * @throws IllegalArgumentException if a size is out of range
	 */
	void resize(int coreSize, int maxSize);

	/**
	 * Settings that are in force and do not change while the pool exists.
	 * @return the settings, or nothing if the pool has none of its own
	 */
	default Optional<PoolConfiguration> configuration() {
		return Optional.empty();
	}

	/**
	 * Retires a worker: it gets no further task, ends when its present one has ended, and
	 * is replaced if it is needed. Does not wait for that.
	 * @param worker number of the worker in its pool, as in {@link WorkerSnapshot#id()}
	 * @return {@code false} if there is no such worker, if it is not ready for tasks yet,
	 * or if it is ending already
	 */
	default boolean retire(int worker) {
		return false;
	}

	/**
	 * Has a worker dump its threads, while it goes on with its task.
	 * @param worker number of the worker in its pool, as in {@link WorkerSnapshot#id()}
	 * @return a future for the text. It fails with {@link IllegalArgumentException} if
	 * there is no such worker, and with {@link ProcessPoolException} if the worker does
	 * not answer within 5 seconds. Cancelling it stops nothing.
	 */
	default CompletableFuture<String> threadDump(int worker) {
		return CompletableFuture
			.failedFuture(new IllegalArgumentException("Pool '" + getName() + "' has no worker " + worker));
	}

	/**
	 * Has a worker count the live objects on its heap. The worker stands still for the
	 * full garbage collection that this takes.
	 * @param worker number of the worker in its pool, as in {@link WorkerSnapshot#id()}
	 * @return a future for the text, the classes with the most bytes first. It fails with
	 * {@link IllegalArgumentException} if there is no such worker, and with
	 * {@link ProcessPoolException} if the worker does not answer within 30 seconds.
	 * Cancelling it stops nothing.
	 */
	default CompletableFuture<String> heapHistogram(int worker) {
		return CompletableFuture
			.failedFuture(new IllegalArgumentException("Pool '" + getName() + "' has no worker " + worker));
	}

	/**
	 * Stops the pool: takes no more tasks, lets waiting and running tasks end, and stops
	 * what is left at the end of the shutdown timeout. Does nothing on a stopped pool.
	 */
	@Override
	void close();

	/**
	 * Starts the description of a pool that is made by hand, without Spring Boot.
	 * @return a builder with the defaults of {@code process-pool.*}
	 */
	static Builder builder() {
		return PoolFactory.newBuilder();
	}

	/**
	 * Describes a pool that is made by hand. Values not set have the defaults of the
	 * property of the same name, and 0 means the same as there. A value that cannot be is
	 * refused at once with an {@link IllegalArgumentException} that names the method. Not
	 * thread-safe.
	 */
	interface Builder {

		Builder name(String name);

		Builder coreSize(int coreSize);

		Builder maxSize(int maxSize);

		Builder queueCapacity(int queueCapacity);

		Builder queueBytes(long queueBytes);

		Builder keepAlive(Duration keepAlive);

		Builder queueTimeout(Duration queueTimeout);

		Builder taskTimeout(Duration taskTimeout);

		Builder startupTimeout(Duration startupTimeout);

		Builder shutdownTimeout(Duration shutdownTimeout);

		Builder cancelGrace(Duration cancelGrace);

		Builder maxTasksPerWorker(int maxTasksPerWorker);

		Builder maxLifetime(Duration maxLifetime);

		Builder maxMemory(long bytes);

		Builder maxRetainedHeap(long bytes);

		Builder maxPayloadSize(long maxPayloadSize);

		Builder maxHeap(long bytes);

		Builder heartbeatTimeout(Duration heartbeatTimeout);

		Builder warmStart(boolean warmStart);

		Builder jvmArgs(String... jvmArgs);

		Builder environment(String name, String value);

		/**
		 * Allows more types to cross between the JVMs.
		 * @param patterns class names, or packages as {@code com.example.**}
		 * @return this builder
		 */
		Builder allow(String... patterns);

		/**
		 * Chooses how objects become bytes. By default {@link SerializationCodec#FORY},
		 * if Apache Fory is on the class path.
		 * @param codec the codec
		 * @return this builder
		 */
		Builder codec(SerializationCodec codec);

		Builder listener(PoolListener listener);

		/**
		 * Makes the pool. No worker is started before the first task.
		 * @return a pool that has to be closed
		 * @throws IllegalArgumentException if values do not go together
		 * @throws IllegalStateException if not even one worker fits into memory
		 */
		ProcessPool build();

	}

}
