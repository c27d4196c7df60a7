package io.github.processpool.engine;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameReader;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.ResultRing;
import io.github.processpool.protocol.ResultRing.Sleep;
import org.jspecify.annotations.Nullable;

/**
 * The results of a worker in the order in which it sent them, whether through memory or
 * through the socket. Confined to the thread that has the role of the reader, but for
 * what is said otherwise.
 */
final class ResultSource {

	private final ResultRing ring;

	private final FrameReader frames;

	/** How many results have come through the socket. */
	private final AtomicLong received = new AtomicLong();

	/**
	 * Came through the socket; what the worker wrote to memory before it is read first.
	 */
	private @Nullable Frame held;

	private @Nullable EOFException end;

	ResultSource(ResultRing ring, FrameReader frames) {
		this.ring = ring;
		this.frames = frames;
	}

	/**
	 * Reads the next result.
	 * @param fromSocket whether to look into the socket, which takes a system call
	 * @return a frame, or {@code null} if there is none at present
	 * @throws EOFException after the last result of a worker that has ended
	 * @throws IOException if reading fails
	 */
	@Nullable Frame poll(boolean fromSocket) throws IOException {
		while (true) {
			Frame next = this.ring.poll(this.received.get());
			if (next != null) {
				return next;
			}
			Frame later = this.held;
			if (later != null) {
				this.held = null;
				this.received.incrementAndGet();
				return later;
			}
			if (this.end != null) {
				throw this.end;
			}
			if (!fromSocket && !this.ring.isHeldUp(this.received.get())) {
				return null;
			}
			if (!readSocket()) {
				return null;
			}
		}
	}

	private boolean readSocket() throws IOException {
		try {
			Frame frame = this.frames.poll();
			if (frame != null && frame.type() != FrameType.WAKE) {
				this.held = frame;
			}
			return frame != null;
		}
		catch (EOFException ex) {
			this.end = ex;
			return true;
		}
	}

	/**
	 * Notes that a thread is about to wait for the socket. Safe to call without the role.
	 * @return {@code false} if it must not wait, since there is a result
	 */
	boolean sleeping(Sleep sleep) {
		this.ring.sleeping(sleep);
		return !this.ring.isReady(this.received.get());
	}

	/**
	 * Notes that a thread waits no longer. Safe to call without the role.
	 */
	void awake(Sleep sleep) {
		this.ring.awake(sleep);
	}

}
