package io.github.processpool;

import java.util.OptionalLong;

/**
 * Knows how long the present task may still run. Looked up as a service by
 * {@link ProcessWorker#remainingTime()}, so that the API need not know who runs tasks;
 * not meant to be implemented by applications.
 *
 * @since 0.1.0
 */
public interface TaskClock {

	/**
	 * Time until the present task has to end.
	 * @return a number of nanoseconds, negative if it is over, or nothing if there is no
	 * task or no limit
	 */
	OptionalLong remainingNanos();

}
