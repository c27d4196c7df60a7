package io.github.processpool.codec;

/**
 * Is told, for each value once, that it does not cross.
 */
@FunctionalInterface
public interface ContextProblems {

	/**
	 * A value is left out.
	 * @param propagator name of the propagator
	 * @param key key of the value
	 * @param cause why
	 */
	void leftOut(String propagator, String key, Throwable cause);

}
