package io.github.processpool.engine;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Queue;

import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.FrameWriter;
import io.github.processpool.protocol.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending side of one socket. Any thread may send and none waits: what the socket
 * does not take is left to the I/O thread.
 */
final class SendingSide {

	private static final Logger logger = LoggerFactory.getLogger(SendingSide.class);

	private final SelectionKey key;

	private final Object lock = new Object();

	// Guarded by lock
	private final FrameWriter writer;

	private volatile boolean broken;

	/**
	 * Creates a sending side.
	 * @param socket where to
	 * @param key the socket's key with the selector of the I/O thread
	 */
	SendingSide(SocketChannel socket, SelectionKey key) {
		this.key = key;
		this.writer = new FrameWriter(socket);
	}

	void send(FrameType type, long id, Payload payload) {
		synchronized (this.lock) {
			this.writer.add(type, 0, id, payload);
			flush();
		}
	}

	/**
	 * Sends tasks in the order in which they were added.
	 */
	void send(Queue<Call> calls) {
		synchronized (this.lock) {
			for (Call call = calls.poll(); call != null; call = calls.poll()) {
				this.writer.add(FrameType.CALL, 0, call.dispatchId(), call.payload());
			}
			flush();
		}
	}

	/**
	 * Sends as much of what waits as the socket takes.
	 */
	void flush() {
		synchronized (this.lock) {
			try {
				boolean done = this.writer.flush();
				boolean selected = (this.key.interestOps() & SelectionKey.OP_WRITE) != 0;
				if (done && selected) {
					this.key.interestOpsAnd(~SelectionKey.OP_WRITE);
				}
				else if (!done && !selected) {
					this.key.interestOpsOr(SelectionKey.OP_WRITE);
					this.key.selector().wakeup();
				}
			}
			catch (IOException | CancelledKeyException ex) {
				logger.trace("cannot send to a worker", ex);
				this.broken = true;
				this.key.selector().wakeup();
			}
		}
	}

	/**
	 * Whether the worker takes nothing any more. The socket stays open: what the worker
	 * has sent is still in it.
	 */
	boolean isBroken() {
		return this.broken;
	}

	/**
	 * A task that is to be sent.
	 */
	record Call(long dispatchId, Payload payload) {

	}

}
