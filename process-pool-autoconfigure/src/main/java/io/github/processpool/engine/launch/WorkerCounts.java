package io.github.processpool.engine.launch;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How many workers each of some pools may have, so that all of them fit into a part of
 * the memory together: one each, and of the rest a share in proportion to what the pool
 * wants. The shares do not depend on the order of the pools, so each can compute its own.
 */
final class WorkerCounts {

	private final long[] sizes;

	private final long[] counts;

	/**
	 * Counts workers.
	 * @param claims what the pools want
	 * @param smallest heap of those whose heap is to be computed
	 * @param overhead what a worker takes beside its heap
	 * @param room bytes that there are
	 */
	WorkerCounts(List<HeapClaim> claims, long smallest, long overhead, long room) {
		this.sizes = claims.stream()
			.mapToLong((claim) -> (claim.isConfigured() ? claim.maxHeap() : smallest) + overhead)
			.toArray();
		this.counts = new long[this.sizes.length];
		for (int i = 0; i < this.counts.length; i++) {
			// no more than there would be alone, else the products below could overflow
			this.counts[i] = Math.max(1, Math.min(claims.get(i).maxSize(), room / this.sizes[i]));
		}
		long ofOneEach = LongStream.of(this.sizes).sum();
		long wanted = bytes() - ofOneEach;
		long left = Math.max(0, room - ofOneEach);
		if (wanted > left) {
			for (int i = 0; i < this.counts.length; i++) {
				this.counts[i] = 1 + (this.counts[i] - 1) * left / wanted;
			}
		}
	}

	/**
	 * What all workers take.
	 * @return bytes; more than there are if not even one worker of each pool fits
	 */
	long bytes() {
		long bytes = 0;
		for (int i = 0; i < this.counts.length; i++) {
			bytes += this.counts[i] * this.sizes[i];
		}
		return bytes;
	}

	/**
	 * Workers of all pools.
	 */
	long sum() {
		return LongStream.of(this.counts).sum();
	}

	/**
	 * Workers of the pool whose claim came first.
	 */
	int first() {
		return (int) this.counts[0];
	}

}
