package io.github.processpool;

import java.util.ServiceLoader;

/**
 * Finds the engine behind {@link ProcessPool#builder()} so that the API need not know it.
 */
final class PoolFactory {

	private PoolFactory() {
	}

	static ProcessPool.Builder newBuilder() {
		return ServiceLoader.load(ProcessPool.Builder.class, ProcessPool.class.getClassLoader())
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"No implementation of ProcessPool.Builder is on the class path. Add process-pool-autoconfigure."));
	}

}
