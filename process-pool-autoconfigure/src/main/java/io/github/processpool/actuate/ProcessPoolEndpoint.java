package io.github.processpool.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolException;
import io.github.processpool.ProcessPools;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Endpoint that tells of the pools and their workers. Everything that changes something
 * or makes a worker stand still is off unless
 * {@code management.endpoint.processpool.access} is {@code unrestricted}. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
@Endpoint(id = "processpool", defaultAccess = Access.READ_ONLY)
public final class ProcessPoolEndpoint {

	private final ProcessPools pools;

	private final ActivityRecorder recorder;

	private final LaunchOptions options;

	private final Show showValues;

	/**
	 * Creates an endpoint.
	 * @param pools the pools
	 * @param recorder knows what they did lately
	 * @param sanitizingFunctions hide values of JVM arguments and environment variables
	 * @param showValues when such values are shown at all
	 */
	public ProcessPoolEndpoint(ProcessPools pools, ActivityRecorder recorder,
			Iterable<SanitizingFunction> sanitizingFunctions, Show showValues) {
		this.pools = pools;
		this.recorder = recorder;
		this.options = new LaunchOptions(sanitizingFunctions);
		this.showValues = showValues;
	}

	/**
	 * All pools.
	 * @return a moment's view
	 */
	@ReadOperation
	public PoolsDescriptor pools() {
		return pools(0, this.showValues.isShown(true));
	}

	PoolsDescriptor pools(int seconds, boolean showValues) {
		List<PoolDescriptor> descriptors = new ArrayList<>();
		for (String name : this.pools.names()) {
			descriptors.add(describe(name, this.pools.get(name), seconds, showValues));
		}
		return new PoolsDescriptor(ProcessHandle.current().pid(), descriptors);
	}

	/**
	 * One pool.
	 * @param pool name of the pool
	 * @return a moment's view, or {@code null} if there is no such pool
	 */
	@ReadOperation
	public @Nullable PoolDescriptor pool(@Selector String pool) {
		return pool(pool, 0, this.showValues.isShown(true));
	}

	@Nullable PoolDescriptor pool(String name, int seconds, boolean showValues) {
		ProcessPool pool = find(name);
		return (pool != null) ? describe(name, pool, seconds, showValues) : null;
	}

	private PoolDescriptor describe(String name, ProcessPool pool, int seconds, boolean showValues) {
		return new PoolDescriber(this.options, showValues).describe(name, pool.snapshot(),
				pool.configuration().orElse(null), this.recorder.of(pool.getName()), seconds);
	}

	/**
	 * Changes the number of workers of a pool.
	 * @param pool name of the pool
	 * @param coreSize workers kept
	 * @param maxSize workers at most
	 * @return the sizes from now on, or {@code null} if there is no such pool
	 */
	@WriteOperation
	public @Nullable SizesDescriptor resize(@Selector String pool, int coreSize, int maxSize) {
		ProcessPool target = find(pool);
		if (target == null) {
			return null;
		}
		try {
			target.resize(coreSize, maxSize);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()),
					"Sizes are out of range: 0 <= coreSize <= maxSize and 1 <= maxSize");
		}
		return new SizesDescriptor(target.snapshot().coreSize(), target.snapshot().maxSize());
	}

	/**
	 * Retires a worker when its task has ended.
	 * @param pool name of the pool
	 * @param worker number of the worker in that pool
	 * @return whether there is such a worker that is ready and not ending already
	 */
	@DeleteOperation
	public boolean retire(@Selector String pool, @Selector int worker) {
		ProcessPool target = find(pool);
		return target != null && target.retire(worker);
	}

	/**
	 * Looks into a worker.
	 * @param pool name of the pool
	 * @param worker number of the worker in that pool
	 * @param inspection what to look at
	 * @return what it says, or {@code null} if there is no such worker
	 * @throws ProcessPoolException if the worker does not answer
	 */
	@WriteOperation
	public @Nullable String inspect(@Selector String pool, @Selector int worker, @Selector Inspection inspection) {
		ProcessPool target = find(pool);
		if (target == null) {
			return null;
		}
		try {
			return switch (inspection) {
				case THREAD_DUMP -> target.threadDump(worker).join();
				case HEAP_HISTOGRAM -> target.heapHistogram(worker).join();
			};
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof IllegalArgumentException) {
				return null;
			}
			throw new ProcessPoolException(String.valueOf(ex.getCause()), ex.getCause());
		}
	}

	private @Nullable ProcessPool find(String name) {
		return this.pools.names().contains(name) ? this.pools.get(name) : null;
	}

	/**
	 * What can be looked at in a worker.
	 */
	public enum Inspection {

		/** Its threads. It goes on meanwhile. */
		THREAD_DUMP,

		/**
		 * Number and size of its live objects. It stands still for a garbage collection.
		 */
		HEAP_HISTOGRAM

	}

	/**
	 * All pools.
	 *
	 * @param pid process id of the application
	 * @param pools the pools, the default pool first
	 */
	public record PoolsDescriptor(long pid, List<PoolDescriptor> pools) {

	}

	/**
	 * Sizes of a pool.
	 *
	 * @param coreSize workers kept
	 * @param maxSize workers at most
	 */
	public record SizesDescriptor(int coreSize, int maxSize) {

	}

}
