package io.github.processpool.protocol;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits how often something happens, with bursts of up to five seconds' worth. Safe for
 * use by many threads.
 */
public final class TokenBucket {

	private static final int BURST_SECONDS = 5;

	private final long intervalNanos;

	private final long burstNanos;

	/** When the bucket would be full again. */
	private final AtomicLong fullAt = new AtomicLong(System.nanoTime());

	/**
	 * Creates a full bucket.
	 * @param perSecond how often, or 0 for no limit
	 */
	public TokenBucket(int perSecond) {
		this.intervalNanos = (perSecond > 0) ? TimeUnit.SECONDS.toNanos(1) / perSecond : 0;
		this.burstNanos = TimeUnit.SECONDS.toNanos(BURST_SECONDS);
	}

	/**
	 * Takes a token.
	 * @return whether there was one
	 */
	public boolean take() {
		if (this.intervalNanos == 0) {
			return true;
		}
		long now = System.nanoTime();
		while (true) {
			long seen = this.fullAt.get();
			long start = (seen - now > 0) ? seen : now;
			if (start - now > this.burstNanos - this.intervalNanos) {
				return false;
			}
			if (this.fullAt.compareAndSet(seen, start + this.intervalNanos)) {
				return true;
			}
		}
	}

}
