package io.github.processpool.worker;

import java.io.IOException;

import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;

/**
 * Tells the parent, between two tasks and without being asked, that more of the heap is
 * still in use after a garbage collection than a worker may keep: heartbeats come too
 * late for a quick leak, and so do the collections that the JVM makes by itself, once the
 * old part of the heap is full. Confined to the task thread.
 */
final class RetainedHeap {

	private final long limit;

	private final FrameChannel control;

	private long told;

	/**
	 * Creates a watch.
	 * @param limit number of bytes, or 0 for no watch
	 * @param control where to tell it
	 */
	RetainedHeap(long limit, FrameChannel control) {
		this.limit = limit;
		this.control = control;
		// Loads what the first task would otherwise wait for
		this.told = (limit > 0) ? Vitals.heapAfterGc() : 0;
	}

	/**
	 * A task has ended. Should it have grown the old part of the heap so much that this
	 * may be a leak, only a collection can tell; there is none before as much has been
	 * added again, or half of the limit.
	 */
	void taskEnded() throws IOException {
		if (this.limit == 0) {
			return;
		}
		long retained = Vitals.heapAfterGc();
		if (Vitals.oldGrowth() > Math.max(this.limit - Math.max(0, retained), this.limit / 2)) {
			System.gc();
			retained = Vitals.heapAfterGc();
		}
		if (retained > this.limit && retained != this.told) {
			this.told = retained;
			this.control.send(FrameType.PONG, 0, 0, Vitals.read().encode());
		}
	}

}
