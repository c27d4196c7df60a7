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
 * Every task has exactly one outcome. {@code submit} never throws for a reason of the
 * pool: the future fails, with
 * <ul>
 * <li>the very exception that the task threw, or {@link RemoteTaskException} in its place
 * if it cannot be rebuilt in this JVM,</li>
 * <li>{@link TaskSerializationException} if the task or its result could not cross
 * between the JVMs,</li>
 * <li>{@link TaskTimeoutException} if the task ran for longer than it may,</li>
 * <li>{@link WorkerCrashedException} if the worker that was running it died,</li>
 * <li>{@link WorkerStartException} if no worker can be started,</li>
 * <li>{@link ProcessPoolRejectedException} if the queue was full, the task waited for
 * longer than it may, or the pool was stopped before the task began,</li>
 * <li>{@link java.util.concurrent.CancellationException} if the task was cancelled, or
 * was stopped because the pool was.</li>
 * </ul>
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
	 * Changes the number of workers, for as long as the pool exists. Workers above the
	 * new maximum end when their task ends, further ones are started when tasks need
	 * them. The heap of a worker stays as it was planned. A pool without workers, in
	 * inline mode or within a worker, ignores the call.
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
	 * what is left at the end of the shutdown timeout. Returns when the workers are gone,
	 * also if another thread has begun the stop. If the calling thread is interrupted,
	 * everything is stopped at once and the thread stays interrupted. Does nothing on a
	 * stopped pool.
	 */
	@Override
	void close();

	/**
	 * Starts the description of a pool that is made by hand, without Spring Boot.
	 * @return a builder with the defaults of {@code process-pool.*}
	 * @throws IllegalStateException if the engine is not on the class path
	 */
	static Builder builder() {
		return PoolFactory.newBuilder();
	}

	/**
	 * Describes a pool that is made by hand. A value that cannot be is refused at once
	 * with an {@link IllegalArgumentException} that names the method. Not thread-safe.
	 */
	interface Builder {

		/**
		 * Names the pool, in messages, threads and meters. By default {@code pool}.
		 * @param name up to 64 letters, digits, {@code -} and {@code _}, the first a
		 * letter or digit
		 * @return this builder
		 */
		Builder name(String name);

		/**
		 * Sets how many workers are kept once they have been started. By default 1.
		 * @param coreSize a number of at least 0
		 * @return this builder
		 */
		Builder coreSize(int coreSize);

		/**
		 * Sets how many workers there may be. By default the number of processors, or the
		 * core size if that is more.
		 * @param maxSize a number of at least 1 and at least the core size
		 * @return this builder
		 */
		Builder maxSize(int maxSize);

		/**
		 * Sets how many tasks may wait for a worker, beyond those that workers can take
		 * at once; further ones are rejected. By default 1000.
		 * @param queueCapacity a number of at least 0
		 * @return this builder
		 */
		Builder queueCapacity(int queueCapacity);

		/**
		 * Sets how large the encoded arguments of waiting tasks may be together; further
		 * tasks are rejected. By default 256 MB.
		 * @param queueBytes a positive number of bytes
		 * @return this builder
		 */
		Builder queueBytes(long queueBytes);

		/**
		 * Sets the idle time after which workers above the core size end. By default 60
		 * seconds.
		 * @param keepAlive a duration; zero ends them at once
		 * @return this builder
		 */
		Builder keepAlive(Duration keepAlive);

		/**
		 * Sets how long a task may wait for a worker. By default there is no limit.
		 * @param queueTimeout a duration; zero means no limit
		 * @return this builder
		 */
		Builder queueTimeout(Duration queueTimeout);

		/**
		 * Sets how long a task may run, from its start in the worker. By default there is
		 * no limit.
		 * @param taskTimeout a duration; zero means no limit
		 * @return this builder
		 */
		Builder taskTimeout(Duration taskTimeout);

		/**
		 * Sets how long a worker may take to become ready for tasks. By default 60
		 * seconds.
		 * @param startupTimeout a positive duration
		 * @return this builder
		 */
		Builder startupTimeout(Duration startupTimeout);

		/**
		 * Sets how long {@link ProcessPool#close()} may take: to let tasks end, to cancel
		 * the others and to kill what is left. By default 20 seconds.
		 * @param shutdownTimeout a duration; zero stops everything at once
		 * @return this builder
		 */
		Builder shutdownTimeout(Duration shutdownTimeout);

		/**
		 * Sets the time between the interrupt of a task and the kill of its worker. By
		 * default 1 second.
		 * @param cancelGrace a duration; zero kills at once
		 * @return this builder
		 */
		Builder cancelGrace(Duration cancelGrace);

		/**
		 * Sets after how many tasks a worker is replaced. By default there is no limit.
		 * @param maxTasksPerWorker a number of tasks; 0 means no limit
		 * @return this builder
		 */
		Builder maxTasksPerWorker(int maxTasksPerWorker);

		/**
		 * Sets the age at which a worker is replaced, less a random part of up to a
		 * tenth. By default there is no limit.
		 * @param maxLifetime a duration; zero means no limit
		 * @return this builder
		 */
		Builder maxLifetime(Duration maxLifetime);

		/**
		 * Sets the resident size at which a worker is replaced. By default there is no
		 * limit.
		 * @param bytes a number of bytes; 0 means no limit
		 * @return this builder
		 */
		Builder maxMemory(long bytes);

		/**
		 * Sets how much heap may still be used after a garbage collection before a worker
		 * is replaced. By default there is no limit.
		 * @param bytes a number of bytes, less than the largest heap; 0 means no limit
		 * @return this builder
		 */
		Builder maxRetainedHeap(long bytes);

		/**
		 * Sets how large the encoded arguments or the encoded result of a task may be. By
		 * default 256 MB.
		 * @param maxPayloadSize a positive number of bytes, below 2 GB
		 * @return this builder
		 */
		Builder maxPayloadSize(long maxPayloadSize);

		/**
		 * Sets the largest heap of a worker. By default it is computed from the memory of
		 * container or machine, the heap of this JVM and the largest number of workers;
		 * other pools are not counted.
		 * @param bytes at least 16 MB in bytes; 0 means computed
		 * @return this builder
		 */
		Builder maxHeap(long bytes);

		/**
		 * Sets how long a worker may show no sign of life before it is killed. By default
		 * 30 seconds.
		 * @param heartbeatTimeout a duration; zero means for ever
		 * @return this builder
		 */
		Builder heartbeatTimeout(Duration heartbeatTimeout);

		/**
		 * Sets whether files may be kept that make workers start faster. By default they
		 * are.
		 * @param warmStart {@code false} to keep none
		 * @return this builder
		 */
		Builder warmStart(boolean warmStart);

		/**
		 * Sets options of the JVM of workers. They come last, so they can undo ours.
		 * Replaces those set before.
		 * @param jvmArgs options, one an argument
		 * @return this builder
		 */
		Builder jvmArgs(String... jvmArgs);

		/**
		 * Adds an environment variable of the workers to those of this JVM.
		 * @param name its name, not empty and without {@code =}
		 * @param value its value
		 * @return this builder
		 */
		Builder environment(String name, String value);

		/**
		 * Allows more types to cross between the JVMs, beyond the value types of the JDK.
		 * Adds to those allowed before.
		 * @param patterns a class as {@code com.example.Foo}, a package as
		 * {@code com.example.*}, a package with all below it as {@code com.example.**}
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

		/**
		 * Sets who is told what happens in the pool, in place of the one before.
		 * @param listener a listener
		 * @return this builder
		 */
		Builder listener(PoolListener listener);

		/**
		 * Makes the pool. No worker is started before the first task. The class path of
		 * the workers is that of the calling thread's context class loader.
		 * @return a pool that is stopped at the end of this JVM unless it is closed
		 * before
		 * @throws IllegalArgumentException if values do not go together
		 * @throws IllegalStateException if not even one worker of the given heap fits
		 * into memory, or if the codec is not on the class path
		 */
		ProcessPool build();

	}

}
