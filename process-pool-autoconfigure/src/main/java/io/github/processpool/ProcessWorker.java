package io.github.processpool;

/**
 * What code can ask about the JVM it runs in.
 *
 * @since 0.1.0
 */
public final class ProcessWorker {

	/**
	 * System property that names the pool in the JVM of a worker, and is absent
	 * elsewhere.
	 */
	public static final String POOL_PROPERTY = "io.github.processpool.worker.pool";

	private ProcessWorker() {
	}

	/**
	 * Whether this JVM is a worker.
	 * @return {@code true} in a worker, {@code false} in the application's own JVM
	 */
	public static boolean isActive() {
		return System.getProperty(POOL_PROPERTY) != null;
	}

}
