package io.github.processpool.engine;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameReader;
import io.github.processpool.protocol.FrameType;
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

	/** Results of so many bytes do not wait for more to be read. */
	private static final long LARGEST_BATCH = 64 * 1024;

	/** Nor so many results, however small. */
	private static final int MOST_IN_A_BATCH = 256;

	/** How long results are still read after the control channel was closed. */
	private static final long LINGER_MILLIS = 500;

	private final Ledger ledger;

	private final Selector selector;

	private final SocketChannel dataSocket;

	private final SocketChannel controlSocket;

	private final SendingSide data;

	private final SendingSide control;

	private final ResultReader results;

	private final FrameReader messages;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Queue<SendingSide.Call> calls = new ConcurrentLinkedQueue<>();

	/** Set before anything is read. */
	private @Nullable Events events;

	// Confined to whoever reads results

	private final List<Frame> arrived = new ArrayList<>();

	// Confined to the I/O thread

	private final SelectionKey dataKey;

	private final SelectionKey controlKey;

	private volatile long heardNanos = System.nanoTime();

	private final Inquiries inquiries = new Inquiries();

	private final LogTap logs;

	WorkerConnection(SocketChannel data, SocketChannel control, Ledger ledger, long maxPayload) throws IOException {
		this(data, control, ledger, maxPayload, new FrameReader(control, maxPayload), LogTap.NONE);
	}

	/**
	 * Takes the two sockets over.
	 * @param messages may have read a part of the next message already
	 * @param logs takes what the worker logs
	 */
	WorkerConnection(SocketChannel data, SocketChannel control, Ledger ledger, long maxPayload, FrameReader messages,
			LogTap logs) throws IOException {
		this.ledger = ledger;
		this.logs = logs;
		this.selector = data.provider().openSelector();
		this.dataSocket = data;
		this.controlSocket = control;
		data.configureBlocking(false);
		control.configureBlocking(false);
		this.dataKey = data.register(this.selector, SelectionKey.OP_READ);
		this.controlKey = control.register(this.selector, SelectionKey.OP_READ);
		this.data = new SendingSide(data, this.dataKey);
		this.control = new SendingSide(control, this.controlKey);
		ResultSource source = new ResultSource(ledger.results(), new FrameReader(data, maxPayload));
		this.results = new ResultReader(source, data, this.dataKey, this::readResults);
		this.messages = messages;
	}

	/**
	 * Starts reading.
	 * @param threads makes the I/O thread
	 * @param events is told what is read: results by whoever reads them, all else on the
	 * I/O thread
	 */
	void start(ThreadFactory threads, Events events) {
		this.events = events;
		threads.newThread(() -> run(events)).start();
	}

	/**
	 * Who reads the results.
	 */
	ResultReader results() {
		return this.results;
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
		this.calls.add(new SendingSide.Call(dispatchId, payload));
	}

	/**
	 * Sends the tasks that were added, in their order.
	 */
	void flush() {
		this.data.send(this.calls);
	}

	void cancel(long dispatchId) {
		this.control.send(FrameType.CANCEL, dispatchId, Payload.EMPTY);
	}

	void levels(Payload settings) {
		this.control.send(FrameType.LEVELS, 0, settings);
	}

	void ping() {
		this.control.send(FrameType.PING, 0, Payload.EMPTY);
	}

	/**
	 * Asks the worker to collect garbage, unless it runs a task, and to tell of itself.
	 */
	void collect() {
		this.control.send(FrameType.COLLECT, 0, Payload.EMPTY);
	}

	/**
	 * Asks for a thread dump.
	 * @return the text, which may never come
	 */
	CompletableFuture<String> dump() {
		return this.inquiries.ask((id) -> this.control.send(FrameType.DUMP, id, Payload.EMPTY));
	}

	/**
	 * Asks for a histogram of the heap.
	 * @return the text, which may never come
	 */
	CompletableFuture<String> histogram() {
		return this.inquiries.ask((id) -> this.control.send(FrameType.HISTOGRAM, id, Payload.EMPTY));
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
				this.results.select();
				requireOpen(events);
				read(events);
				// Not before: it tells what is ready now
				this.selector.selectedKeys().clear();
			}
		}
		catch (IOException ex) {
			cause = ex;
		}
		catch (RuntimeException | Error ex) {
			cause = new IOException("reading from a worker failed", ex);
		}
		try {
			this.results.takeOver();
			if (!(cause instanceof ProtocolException)) {
				readLastLogs(events);
			}
			close();
		}
		catch (IOException ex) {
			logger.debug("cannot close the connection to a worker that has ended", ex);
		}
		finally {
			this.stopped.countDown();
			this.inquiries.close();
			this.logs.closed(this);
			events.closed(cause);
		}
	}

	/**
	 * A worker that cannot be sent anything is dying; what it has sent still counts.
	 */
	private void requireOpen(Events events) throws IOException {
		if (this.data.isBroken() || this.control.isBroken()) {
			events.closing();
			readLastLogs(events);
			readRest(events);
			throw new EOFException("closed while sending");
		}
	}

	/**
	 * What a worker has logged before it died is in the socket.
	 */
	private void readLastLogs(Events events) {
		try {
			readMessages(events);
		}
		catch (IOException ex) {
			logger.trace("control channel ended", ex);
		}
	}

	private void read(Events events) throws IOException {
		flushIfWritable(this.controlKey, this.control);
		flushIfWritable(this.dataKey, this.data);
		try {
			if (isReady(this.controlKey, SelectionKey.OP_READ)) {
				readMessages(events);
			}
		}
		catch (EOFException ex) {
			events.closing();
			readRest(events);
			throw ex;
		}
		try {
			this.results.readOnIoThread(isReady(this.dataKey, SelectionKey.OP_READ));
		}
		catch (EOFException ex) {
			events.closing();
			throw ex;
		}
	}

	private boolean isReady(SelectionKey key, int operation) {
		return key.isValid() && this.selector.selectedKeys().contains(key) && (key.readyOps() & operation) != 0;
	}

	private void flushIfWritable(SelectionKey key, SendingSide side) {
		if (isReady(key, SelectionKey.OP_WRITE)) {
			side.flush();
		}
	}

	/**
	 * Reads what has arrived, but of much only a part: a worker that sends as fast as we
	 * read must not keep us from all else.
	 */
	private void readResults(ResultSource source, boolean fromSocket) throws IOException {
		Events listener = Objects.requireNonNull(this.events);
		long bytes = 0;
		try {
			while (bytes < LARGEST_BATCH && this.arrived.size() < MOST_IN_A_BATCH) {
				Frame frame = source.poll(fromSocket);
				if (frame == null) {
					break;
				}
				arrived(frame);
				bytes += frame.size();
			}
		}
		finally {
			// What came before something went wrong counts
			tell(listener);
		}
	}

	private void arrived(Frame frame) throws ProtocolException {
		if (frame.type() != FrameType.RESULT) {
			throw new ProtocolException(frame.type() + " frame on the data channel");
		}
		ResultKind.of(frame.flags());
		this.arrived.add(frame);
	}

	private void tell(Events events) throws ProtocolException {
		if (this.arrived.isEmpty()) {
			return;
		}
		this.heardNanos = System.nanoTime();
		try {
			events.results(this.arrived);
		}
		finally {
			this.arrived.clear();
		}
	}

	/**
	 * The worker is dying: results that it had sent before still count.
	 */
	private void readRest(Events events) throws IOException {
		ResultSource source = this.results.takeOver();
		this.controlSocket.close();
		this.dataKey.interestOpsOr(SelectionKey.OP_READ);
		long start = System.nanoTime();
		while (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < LINGER_MILLIS) {
			Frame frame = source.poll(true);
			if (frame != null) {
				arrived(frame);
				tell(events);
			}
			else {
				this.selector.select(LINGER_MILLIS);
				this.selector.selectedKeys().clear();
			}
		}
		for (Frame frame = source.poll(false); frame != null; frame = source.poll(false)) {
			arrived(frame);
			tell(events);
		}
	}

	private void readMessages(Events events) throws IOException {
		for (Frame frame = this.messages.poll(); frame != null; frame = this.messages.poll()) {
			this.heardNanos = System.nanoTime();
			message(frame, events);
		}
	}

	private void message(Frame frame, Events events) throws IOException {
		switch (frame.type()) {
			case PONG -> events.pong(frame.body());
			case BYE -> this.stopped.countDown();
			case LOG, SPAN -> this.logs.logged(frame);
			case DUMP_REPLY, HISTOGRAM_REPLY ->
				this.inquiries.answered(frame.id(), new String(frame.body(), StandardCharsets.UTF_8));
			default -> throw new ProtocolException(frame.type() + " frame on the control channel");
		}
	}

	@Override
	public void close() throws IOException {
		try (this.selector; this.controlSocket; this.dataSocket) {
			this.results.close();
		}
	}

	/**
	 * Is told what a worker sends.
	 */
	interface Events {

		/**
		 * Outcomes came.
		 * @param frames RESULT frames in their order, to be used during this call only
		 * @throws ProtocolException if one is for a task that was not sent
		 */
		void results(List<Frame> frames) throws ProtocolException;

		/**
		 * It tells of itself.
		 * @throws ProtocolException if that makes no sense
		 */
		void pong(byte[] body) throws ProtocolException;

		/**
		 * The worker is ending: it can be sent nothing more.
		 */
		void closing();

		/**
		 * Nothing more will come. Called once, last.
		 */
		void closed(IOException cause);

	}

}
