package io.github.processpool.worker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.ResultKind;
import io.github.processpool.protocol.ResultRing;
import io.github.processpool.protocol.ResultRing.Sleep;

/**
 * Sends results, through shared memory if they are small. Confined to the task thread.
 */
final class ResultOutput {

	/** How long results may wait for further ones before the parent is woken. */
	private static final long COLLECT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	private final ResultRing ring;

	private final FrameChannel channel;

	private long sent;

	private long wakeNanos = System.nanoTime();

	ResultOutput(ResultRing ring, FrameChannel channel) {
		this.ring = ring;
		this.channel = channel;
	}

	/**
	 * Sends a result. When this returns it is the parent's, whatever becomes of this JVM.
	 * @throws IOException if the parent cannot be reached
	 */
	void send(ResultKind kind, long id, Payload payload) throws IOException {
		if (!this.ring.offer(kind.ordinal(), id, this.sent, payload)) {
			this.channel.send(FrameType.RESULT, kind.ordinal(), id, payload);
			this.sent++;
			return;
		}
		Sleep sleeper = this.ring.sleeper();
		if (sleeper == null || (sleeper == Sleep.IO_BRIEFLY && isMoreToCome())) {
			return;
		}
		this.ring.waking();
		this.wakeNanos = System.nanoTime();
		this.channel.send(FrameType.WAKE, 0, 0, Payload.EMPTY);
	}

	/**
	 * Whether the next result is to be expected at once. If it is not, the parent looks
	 * by itself soon.
	 */
	private boolean isMoreToCome() {
		return this.channel.hasMore() && System.nanoTime() - this.wakeNanos < COLLECT_NANOS;
	}

}
