package io.github.processpool.engine;

import java.time.Duration;

/**
 * What a pool is like unless it is told otherwise.
 */
public final class PoolDefaults {

	/** Workers kept. */
	public static final int CORE_SIZE = 1;

	/** Tasks that may wait. */
	public static final int QUEUE_CAPACITY = 1000;

	/** Bytes of encoded arguments that may wait. */
	public static final long QUEUE_BYTES = 256L * 1024 * 1024;

	/** Idle time after which workers above the core size end. */
	public static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

	/** Longest start of a worker. */
	public static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

	/** Longest stop of a pool; less than the 30 s that Spring gives to a phase. */
	public static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

	/** Time between interrupt and kill. */
	public static final Duration CANCEL_GRACE = Duration.ofSeconds(1);

	/** Largest encoded argument list or result. */
	public static final long MAX_PAYLOAD_SIZE = 256L * 1024 * 1024;

	/** How long a worker may be silent. */
	public static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(30);

	/** Log events and printed lines of a worker a second. */
	public static final int LOG_RATE = 1000;

	private PoolDefaults() {
	}

	/**
	 * Workers at most: one a processor, and never fewer than are kept.
	 * @param coreSize workers kept
	 * @return a number of at least 1
	 */
	public static int maxSize(int coreSize) {
		return Math.max(Runtime.getRuntime().availableProcessors(), coreSize);
	}

}
