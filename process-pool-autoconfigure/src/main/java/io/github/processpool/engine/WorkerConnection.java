package io.github.processpool.engine;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameReader;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.FrameWriter;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.ResultKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two channels to a worker that is ready for tasks. Any thread may send, and never
 * waits for the socket: what does not fit is sent by the I/O thread, which also reads.
 * Control messages have a channel of their own, so that they never wait behind a payload.
 */
final class WorkerConnection implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(WorkerConnection.class);

	/** How long results are still read after the control channel was closed. */
	private static final long LINGER_MILLIS = 500;

	private final Ledger ledger;

	private final Selector selector;

	private final Channel data;

	private final Channel control;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

	// Confined to the I/O thread
	private boolean callsAdded;

	private volatile long heardNanos = System.nanoTime();

	private volatile @Nullable CompletableFuture<String> dump;

	WorkerConnection(SocketChannel data, SocketChannel control, Ledger ledger, long maxPayload) throws IOException {
		this.ledger = ledger;
		this.selector = data.provider().openSelector();
		this.data = new Channel(data, this.selector, maxPayload);
		this.control = new Channel(control, this.selector, maxPayload);
	}

	/**
	 * Starts reading.
	 * @param threads makes the I/O thread
	 * @param events is told what is read, on the I/O thread
	 */
	void start(ThreadFactory threads, Events events) {
		threads.newThread(() -> run(events)).start();
	}

	Ledger ledger() {
		return this.ledger;
	}

	/**
	 * Time since the worker last sent anything.
	 */
	long silentNanos() {
		return System.nanoTime() - this.heardNanos;
	}

	/**
	 * The parent was not able to listen: silence until now is not the worker's.
	 */
	void excuseSilence() {
		this.heardNanos = System.nanoTime();
	}

	/**
	 * Adds a task to what {@link #flush()} sends. Does no I/O.
	 */
	void call(long dispatchId, Payload payload) {
		this.calls.add(new Call(dispatchId, payload));
	}

	/**
	 * Sends the tasks that were added, in their order.
	 */
	void flush() {
		this.data.flush(this.calls);
	}

	/**
	 * Has the I/O thread, which calls this, send the tasks when it has read what there
	 * is.
	 */
	void flushSoon() {
		this.callsAdded = true;
	}

	void cancel(long dispatchId) {
		this.control.send(FrameType.CANCEL, dispatchId, Payload.EMPTY);
	}

	void ping() {
		this.control.send(FrameType.PING, 0, Payload.EMPTY);
	}

	/**
	 * Asks for a thread dump.
	 * @return the text, which may never come
	 */
	CompletableFuture<String> dump() {
		CompletableFuture<String> reply = new CompletableFuture<>();
		this.dump = reply;
		this.control.send(FrameType.DUMP, 0, Payload.EMPTY);
		return reply;
	}

	/**
	 * Asks the worker to close its context and waits until it has.
	 * @param nanos how long to wait at most
	 */
	void stop(long nanos) throws InterruptedException {
		this.control.send(FrameType.STOP, 0, Payload.EMPTY);
		if (!this.stopped.await(nanos, TimeUnit.NANOSECONDS)) {
			logger.debug("a worker did not close its context within {} ms", TimeUnit.NANOSECONDS.toMillis(nanos));
		}
	}

	private void run(Events events) {
		IOException cause;
		try {
			while (true) {
				this.selector.select(this::ready, 0);
				requireOpen();
				read(this.control, events);
				read(this.data, events);
				if (this.callsAdded) {
					this.callsAdded = false;
					flush();
				}
			}
		}
		catch (IOException ex) {
			cause = ex;
		}
		catch (RuntimeException | Error ex) {
			cause = new IOException("reading from a worker failed", ex);
		}
		try {
			close();
		}
		catch (IOException ex) {
			logger.debug("cannot close the connection to a worker that has ended", ex);
		}
		finally {
			this.stopped.countDown();
			events.closed(cause);
		}
	}

	/**
	 * A socket that was closed while sending is not selected any more.
	 */
	private void requireOpen() throws EOFException {
		if (!this.data.socket.isOpen() || !this.control.socket.isOpen()) {
			throw new EOFException("closed while sending");
		}
	}

	private void ready(SelectionKey key) {
		Channel channel = (Channel) key.attachment();
		if (key.isValid() && key.isReadable()) {
			channel.readable = true;
		}
		if (key.isValid() && key.isWritable()) {
			channel.flush();
		}
	}

	private void read(Channel channel, Events events) throws IOException {
		if (!channel.readable) {
			return;
		}
		channel.readable = false;
		try {
			for (Frame frame = channel.reader.poll(); frame != null; frame = channel.reader.poll()) {
				this.heardNanos = System.nanoTime();
				dispatch(channel, frame, events);
			}
		}
		catch (EOFException ex) {
			events.closing();
			if (channel == this.control) {
				readRest(events);
			}
			throw ex;
		}
	}

	/**
	 * The worker is dying: results that it had sent before still count.
	 */
	private void readRest(Events events) throws IOException {
		long start = System.nanoTime();
		while (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < LINGER_MILLIS) {
			Frame frame = this.data.reader.poll();
			if (frame != null) {
				dispatch(this.data, frame, events);
			}
			else {
				this.control.socket.close();
				this.selector.select(this::ready, LINGER_MILLIS);
			}
		}
	}

	private void dispatch(Channel channel, Frame frame, Events events) throws IOException {
		if (channel == this.data) {
			if (frame.type() != FrameType.RESULT) {
				throw new ProtocolException(frame.type() + " frame on the data channel");
			}
			events.result(frame.id(), ResultKind.of(frame.flags()), frame.body());
			return;
		}
		switch (frame.type()) {
			case PONG -> events.pong(frame.body());
			case BYE -> this.stopped.countDown();
			case DUMP_REPLY -> {
				CompletableFuture<String> reply = this.dump;
				if (reply != null) {
					reply.complete(new String(frame.body(), StandardCharsets.UTF_8));
				}
			}
			default -> throw new ProtocolException(frame.type() + " frame on the control channel");
		}
	}

	@Override
	public void close() throws IOException {
		try (this.selector; this.control.socket; this.data.socket) {
			logger.trace("connection closed");
		}
	}

	/**
	 * Is told what a worker sends.
	 */
	interface Events {

		/**
		 * An outcome came.
		 * @throws ProtocolException if no such task was sent
		 */
		void result(long dispatchId, ResultKind kind, byte[] body) throws ProtocolException;

		void pong(byte[] body);

		/**
		 * The worker is ending: it can be sent nothing more.
		 */
		void closing();

		/**
		 * Nothing more will come. Called once, last.
		 */
		void closed(IOException cause);

	}

	/**
	 * A task that is to be sent.
	 */
	private record Call(long dispatchId, Payload payload) {

	}

	/**
	 * One socket with its buffers.
	 */
	private static final class Channel {

		private final SocketChannel socket;

		private final SelectionKey key;

		private final FrameReader reader;

		private final Object writeLock = new Object();

		// Guarded by writeLock
		private final FrameWriter writer;

		// Confined to the I/O thread
		private boolean readable;

		Channel(SocketChannel socket, Selector selector, long maxPayload) throws IOException {
			this.socket = socket;
			socket.configureBlocking(false);
			this.key = socket.register(selector, SelectionKey.OP_READ, this);
			this.reader = new FrameReader(socket, maxPayload);
			this.writer = new FrameWriter(socket);
		}

		/**
		 * The reading side sees the end as well, and deals with it.
		 */
		private void close() {
			try {
				this.socket.close();
				this.key.selector().wakeup();
			}
			catch (IOException ex) {
				logger.trace("cannot close a socket", ex);
			}
		}

		void send(FrameType type, long id, Payload payload) {
			synchronized (this.writeLock) {
				this.writer.add(type, 0, id, payload);
				flush();
			}
		}

		void flush(Queue<Call> calls) {
			synchronized (this.writeLock) {
				for (Call call = calls.poll(); call != null; call = calls.poll()) {
					this.writer.add(FrameType.CALL, 0, call.dispatchId(), call.payload());
				}
				flush();
			}
		}

		void flush() {
			synchronized (this.writeLock) {
				try {
					boolean done = this.writer.flush();
					int ops = done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
					if (this.key.interestOps() != ops) {
						this.key.interestOps(ops);
						this.key.selector().wakeup();
					}
				}
				catch (IOException | CancelledKeyException ex) {
					logger.trace("cannot send to a worker", ex);
					close();
				}
			}
		}

	}

}
