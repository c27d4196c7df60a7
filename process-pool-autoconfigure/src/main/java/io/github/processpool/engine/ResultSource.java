package io.github.processpool.engine;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameReader;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.ResultRing;
import io.github.processpool.protocol.ResultRing.Sleep;
import org.jspecify.annotations.Nullable;

/**
 * The results of a worker in the order in which it sent them, whether through memory or
 * through the socket. Confined to the thread that has the role of the reader, but for
 * what is said otherwise.
 */
final class ResultSource {

	/**
	 * A worker wakes the parent for results, and so hardly more often than it has some.
	 */
	private static final int MOST_WAKES = 1000;

	private final ResultRing ring;

	private final FrameReader frames;

	/** How many results have come through the socket. */
	private final AtomicLong received = new AtomicLong();

	/**
	 * Came through the socket; what the worker wrote to memory before it is read first.
	 */
	private volatile @Nullable Frame held;

	/** Whether there may be frames that were taken from the socket but not looked at. */
	private volatile boolean unread;

	private boolean throughSocket;

	private int wakes;

	private @Nullable EOFException end;

	ResultSource(ResultRing ring, FrameReader frames) {
		this.ring = ring;
		this.frames = frames;
	}

	/**
	 * Reads the next result.
	 * @param fromSocket whether there may be something in the socket, to look into which
	 * takes a system call
	 * @return a frame, or {@code null} if there is none at present
	 * @throws EOFException after the last result of a worker that has ended
	 * @throws IOException if reading fails
	 */
	@Nullable Frame poll(boolean fromSocket) throws IOException {
		while (true) {
			Frame next = this.ring.poll(this.received.get());
			if (next != null) {
				return result(next, false);
			}
			Frame later = this.held;
			if (later != null) {
				this.held = null;
				this.received.incrementAndGet();
				return result(later, true);
			}
			if (this.end != null) {
				throw this.end;
			}
			if (!fromSocket && !this.unread && !this.ring.isHeldUp(this.received.get())) {
				return null;
			}
			if (!readSocket()) {
				return null;
			}
		}
	}

	private Frame result(Frame result, boolean fromSocket) {
		this.throughSocket = fromSocket;
		this.wakes = 0;
		return result;
	}

	private boolean readSocket() throws IOException {
		try {
			Frame frame = this.frames.poll();
			this.unread = frame != null;
			if (frame != null && frame.type() != FrameType.WAKE) {
				this.held = frame;
			}
			else if (frame != null && ++this.wakes > MOST_WAKES) {
				throw new ProtocolException("more than " + MOST_WAKES + " WAKE frames without a result");
			}
			return frame != null;
		}
		catch (EOFException ex) {
			this.unread = false;
			this.end = ex;
			return true;
		}
	}

	/**
	 * Whether the latest result came through the socket, as the next one is likely to.
	 */
	boolean isThroughSocket() {
		return this.throughSocket;
	}

	/**
	 * Whether there is a result that needs no look into the socket. Safe to call without
	 * the role; while another thread reads, the answer may be wrong.
	 */
	boolean isReady() {
		return this.unread || this.held != null || this.ring.isReady(this.received.get());
	}

	/**
	 * Notes that a thread is about to wait for the socket. Safe to call without the role.
	 * @return {@code false} if it must not wait, since there is a result
	 */
	boolean sleeping(Sleep sleep) {
		this.ring.sleeping(sleep);
		return !isReady();
	}

	/**
	 * Notes that a thread waits no longer. Safe to call without the role.
	 */
	void awake(Sleep sleep) {
		this.ring.awake(sleep);
	}

}
