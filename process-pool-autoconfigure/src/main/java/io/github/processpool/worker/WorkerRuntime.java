package io.github.processpool.worker;

import java.util.List;

import io.github.processpool.ContextPropagator;
import io.github.processpool.protocol.MethodCoordinates;
import org.jspecify.annotations.Nullable;

/**
 * What tasks run in. Has a public constructor without parameters. All methods are called
 * by the task thread of the worker, {@link #close()} by its control thread.
 */
public interface WorkerRuntime extends AutoCloseable {

	/**
	 * Sets up whatever tasks need. Called once, before the first task.
	 * @param settings what the parent sent for this runtime
	 * @throws Exception if no task can run; the parent reports it as it is
	 */
	void start(byte[] settings) throws Exception;

	/**
	 * What the parent has to know of the runtime before it sends a task. Called once,
	 * after {@link #start}.
	 * @return a report in a format of its own, empty if there is nothing to say
	 */
	default byte[] report() {
		return new byte[0];
	}

	/**
	 * Class loader of the application.
	 * @return the loader by which arguments are resolved
	 */
	ClassLoader classLoader();

	/**
	 * What the application itself restores before a task.
	 * @return propagators, which take the place of the parent's of the same names
	 */
	default List<ContextPropagator> propagators() {
		return List.of();
	}

	/**
	 * Calls a deferred method.
	 * @param target the method
	 * @param arguments its arguments
	 * @return what it returns; a future is returned as it is
	 * @throws Throwable what it throws
	 */
	@Nullable Object invoke(MethodCoordinates target, @Nullable Object[] arguments) throws Throwable;

	/**
	 * Releases what {@link #start} set up. The JVM ends soon after.
	 */
	@Override
	void close();

}
