package io.github.processpool.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A socket of frames for threads that can wait. The socket itself never blocks, so that a
 * stray interrupt cannot close it for everybody, as it would a blocking channel; an
 * interrupt that arrives while a thread waits here is swallowed. One thread may receive
 * while others send.
 */
public final class FrameChannel implements Closeable {

	/**
	 * Room for what the peer has not read yet. The usual room makes the two sides take
	 * turns when a large payload is sent, and much more of it does not stay in the
	 * processors' caches.
	 */
	private static final int SEND_BUFFER = 320 * 1024;

	private final SocketChannel socket;

	private final Selector readSelector;

	private final Selector writeSelector;

	private final FrameReader reader;

	private final FrameWriter writer;

	private final Object writeLock = new Object();

	/**
	 * Takes over a connected socket.
	 * @param socket the socket
	 * @param maxPayload largest body of a task or an outcome
	 * @throws IOException if the socket cannot be set up
	 */
	public FrameChannel(SocketChannel socket, long maxPayload) throws IOException {
		this.socket = socket;
		socket.configureBlocking(false);
		socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
		if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
			// Both sides send small frames without waiting for an answer
			socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
		}
		this.readSelector = socket.provider().openSelector();
		this.writeSelector = socket.provider().openSelector();
		socket.register(this.readSelector, SelectionKey.OP_READ);
		socket.register(this.writeSelector, SelectionKey.OP_WRITE);
		this.reader = new FrameReader(socket, maxPayload);
		this.writer = new FrameWriter(socket);
	}

	/**
	 * Whether a part of the next frame at least has been read already.
	 * @return whether it has
	 */
	public boolean hasMore() {
		return this.reader.hasMore();
	}

	/**
	 * Waits for a frame.
	 * @return the frame
	 * @throws java.io.EOFException if the peer closed the channel
	 * @throws ProtocolException if the bytes are no frame
	 * @throws IOException if reading fails
	 */
	public Frame receive() throws IOException {
		Frame frame = receive(Long.MAX_VALUE);
		if (frame == null) {
			throw new IllegalStateException("receive() gave up");
		}
		return frame;
	}

	/**
	 * Waits for a frame that may be about to come.
	 * @param spin whether and how long to wait without blocking
	 * @return the frame
	 * @throws java.io.EOFException if the peer closed the channel
	 * @throws ProtocolException if the bytes are no frame
	 * @throws IOException if reading fails
	 */
	public Frame receive(BriefSpin spin) throws IOException {
		Frame frame = this.reader.poll();
		if (frame != null) {
			return frame;
		}
		if (spin.begin()) {
			while (spin.again()) {
				frame = this.reader.poll();
				if (frame != null) {
					spin.found();
					return frame;
				}
			}
		}
		return receive();
	}

	/**
	 * Waits for a frame at most a given time.
	 * @param timeoutNanos how long to wait, or {@link Long#MAX_VALUE} for ever
	 * @return the frame, or {@code null} if none came in time
	 * @throws java.io.EOFException if the peer closed the channel
	 * @throws ProtocolException if the bytes are no frame
	 * @throws IOException if reading fails
	 */
	public @Nullable Frame receive(long timeoutNanos) throws IOException {
		long start = System.nanoTime();
		while (true) {
			Frame frame = this.reader.poll();
			if (frame != null) {
				return frame;
			}
			long millis = 0;
			if (timeoutNanos != Long.MAX_VALUE) {
				long left = timeoutNanos - (System.nanoTime() - start);
				if (left <= 0) {
					return null;
				}
				millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
			}
			select(this.readSelector, millis);
		}
	}

	/**
	 * Sends a frame and waits until the socket has taken all of it.
	 * @param type kind of message
	 * @param flags what the kind needs, one byte
	 * @param id number of the task that it is about, or 0
	 * @param payload the body
	 * @throws IOException if writing fails
	 */
	public void send(FrameType type, int flags, long id, Payload payload) throws IOException {
		synchronized (this.writeLock) {
			this.writer.add(type, flags, id, payload);
			while (!this.writer.flush()) {
				select(this.writeSelector, 0);
			}
		}
	}

	/**
	 * Sends a frame unless the socket stays full. For threads that are no part of the
	 * protocol: an interrupt is kept for them.
	 * @param type kind of message
	 * @param flags what the kind needs, one byte
	 * @param id number of the task that it is about, or 0
	 * @param payload the body
	 * @param timeoutNanos how long to wait at most
	 * @return {@code false} if the frame was dropped because the socket has not even
	 * taken what was sent before
	 * @throws IOException if writing fails
	 */
	public boolean offer(FrameType type, int flags, long id, Payload payload, long timeoutNanos) throws IOException {
		boolean interrupted = false;
		long start = System.nanoTime();
		try {
			synchronized (this.writeLock) {
				boolean added = false;
				while (true) {
					boolean empty = this.writer.flush();
					if (empty && !added) {
						this.writer.add(type, flags, id, payload);
						added = true;
						continue;
					}
					long left = timeoutNanos - (System.nanoTime() - start);
					if (empty || left <= 0) {
						return added;
					}
					interrupted |= Thread.interrupted();
					this.writeSelector.select((key) -> {
					}, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static void select(Selector selector, long millis) throws IOException {
		// A pending interrupt would make select return at once, again and again
		Thread.interrupted();
		selector.select((key) -> {
		}, millis);
	}

	/**
	 * Lets go of the socket, which goes on without this channel.
	 * @return what may have read a part of the next frame already
	 * @throws IOException if that fails
	 */
	public FrameReader detach() throws IOException {
		this.readSelector.close();
		this.writeSelector.close();
		return this.reader;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.readSelector.close();
		this.writeSelector.close();
	}

}
