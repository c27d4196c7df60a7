package io.github.processpool;

import java.util.Set;

/**
 * All pools of the application, iterated in the order of {@link #names()}. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public interface ProcessPools extends Iterable<ProcessPool> {

	/**
	 * Name of the pool that runs a task which names none.
	 */
	String DEFAULT = "default";

	/**
	 * Returns the pool of that name.
	 * @param name the name; empty means {@link #DEFAULT}
	 * @return the pool
	 * @throws IllegalArgumentException if there is none, with the names that there are
	 */
	ProcessPool get(String name);

	/**
	 * Names of all pools.
	 * @return the names, the default pool's first; not modifiable
	 */
	Set<String> names();

}
