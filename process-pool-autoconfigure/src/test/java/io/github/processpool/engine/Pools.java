package io.github.processpool.engine;

import java.time.Duration;

import io.github.processpool.ProcessPool;

/**
 * Small pools for tests.
 */
public final class Pools {

	private Pools() {
	}

	/** Two small workers without a context. */
	public static ProcessPool.Builder small() {
		return ProcessPool.builder()
			.name("test")
			.maxSize(2)
			.maxHeap(48 * 1024 * 1024)
			.jvmArgs("-XX:TieredStopAtLevel=1", "-Xshare:auto")
			.allow("io.github.processpool.**")
			.shutdownTimeout(Duration.ofSeconds(5))
			.cancelGrace(Duration.ofMillis(300));
	}

}
