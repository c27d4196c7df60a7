package io.github.processpool;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Takes something that is bound to the thread of a caller along with the task, as the
 * logging MDC or the locale. Captured where a task is submitted and restored where it
 * runs.
 * <p>
 * Beans of this type are used by all pools. In a worker, the bean of the same name is
 * used, or else a new instance of the parent's class if that has a public constructor
 * without parameters. Has to be quick and safe for use by many threads; what it throws is
 * logged once and otherwise ignored.
 *
 * @since 0.1.0
 */
public interface ContextPropagator {

	/**
	 * Name under which the values cross, the same in parent and worker.
	 * @return a name of the propagator's own
	 */
	String name();

	/**
	 * Captures values of the present thread. A value that is not serialisable, or that
	 * the pool does not allow to be deserialised, is left out.
	 * @return values by key, or {@code null} or nothing if there are none
	 */
	@Nullable Map<String, ?> capture();

	/**
	 * Binds values to the present thread, which is about to run a task. Called for every
	 * task, so that what a task leaves behind can be cleared.
	 * @param values what was captured and could cross, perhaps nothing
	 * @param task what the task is called, usually class and method
	 * @return is told how the task ends and clears the thread
	 */
	Scope restore(Map<String, Object> values, String task);

	/**
	 * The time for which values are bound to a thread.
	 */
	@FunctionalInterface
	interface Scope {

		/**
		 * The task threw. Called before {@link #close()}.
		 * @param failure what it threw
		 */
		default void failed(Throwable failure) {
		}

		/**
		 * Clears the thread. Called on the thread that the values were bound to.
		 */
		void close();

	}

}
