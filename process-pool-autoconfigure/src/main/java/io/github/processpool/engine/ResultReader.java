package io.github.processpool.engine;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.github.processpool.protocol.BriefSpin;
import io.github.processpool.protocol.FrameReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who reads the results of a worker: its I/O thread, or the caller that waits for
 * the only task that the worker has. The latter saves the hand-over from one thread to
 * another, which takes longer than all else that a short call does. <pre>
 *  by the I/O thread --- several results in a row, each awaited and the last one out ---> direct
 *  direct --- a task is sent that its sender does not read for, or a caller leaves early ---> by the I/O thread
 * </pre> In the direct state a worker has at most one task, whose sender is about to read
 * or reads. Whoever reads holds the role of the reader, which only one thread has at a
 * time.
 */
final class ResultReader {

	private static final Logger logger = LoggerFactory.getLogger(ResultReader.class);

	/** Fewer would make callers that alternate between both ways pay for the change. */
	private static final int STREAK = 8;

	/** How often to look whether the reader before has left, which it is about to. */
	private static final int LEAVING_SPINS = 200;

	private static final long LEAVING_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	private final FrameReader frames;

	private final SelectionKey key;

	private final Selector direct;

	private final Batch batch;

	/** Who has the role. */
	private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();

	/** Set with the pool's lock held; cleared by anybody. */
	private volatile boolean isDirect;

	/** What a caller met while reading, for the I/O thread to deal with. */
	private volatile @Nullable Throwable failure;

	// Confined to the caller that reads
	private final BriefSpin spin = new BriefSpin();

	// Guarded by the pool's lock
	private int streak;

	/**
	 * Creates a reader.
	 * @param socket where results come from
	 * @param key its key with the selector of the I/O thread
	 * @param maxPayload the largest result
	 * @param batch reads what has arrived
	 * @throws IOException if there can be no selector
	 */
	ResultReader(SocketChannel socket, SelectionKey key, long maxPayload, Batch batch) throws IOException {
		this.frames = new FrameReader(socket, maxPayload);
		this.key = key;
		this.direct = socket.provider().openSelector();
		this.batch = batch;
		socket.register(this.direct, SelectionKey.OP_READ);
	}

	/**
	 * Notes a result. The pool's lock is held.
	 * @param alone whether its caller waited for it and the worker has no further task
	 */
	void noteResult(boolean alone) {
		this.streak = alone ? this.streak + 1 : 0;
		if (this.streak >= STREAK) {
			this.isDirect = true;
		}
	}

	/**
	 * Has the I/O thread read from now on.
	 */
	void leaveToIoThread() {
		if (this.isDirect) {
			handBack();
		}
	}

	private void handBack() {
		this.isDirect = false;
		try {
			this.key.interestOpsOr(SelectionKey.OP_READ);
			this.key.selector().wakeup();
		}
		catch (CancelledKeyException ex) {
			// The socket is closed, which the I/O thread knows
			logger.trace("a worker is gone while its result was awaited", ex);
		}
	}

	/**
	 * As {@link #leaveToIoThread()}, unless somebody reads: no task may wait for ever for
	 * a caller that was to read and was torn away by an error.
	 */
	void rescue() {
		if (this.reader.get() == null) {
			leaveToIoThread();
		}
	}

	/**
	 * Reads on the caller's thread, if that is its part, until it has what it waits for
	 * or has to leave. Throws nothing.
	 */
	void readUntil(BooleanSupplier done) {
		if (!this.isDirect || !acquire()) {
			leaveToIoThread();
			return;
		}
		try {
			Thread thread = Thread.currentThread();
			if (this.spin.begin()) {
				do {
					this.batch.read(this.frames);
				}
				while (mayGoOn(done, thread) && this.spin.again());
				if (done.getAsBoolean()) {
					this.spin.found();
				}
			}
			while (mayGoOn(done, thread)) {
				this.direct.select((selected) -> {
				});
				this.batch.read(this.frames);
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		finally {
			this.reader.set(null);
			if (this.failure != null || !done.getAsBoolean()) {
				handBack();
			}
		}
	}

	private boolean mayGoOn(BooleanSupplier done, Thread thread) {
		return this.isDirect && !done.getAsBoolean() && !thread.isInterrupted();
	}

	/**
	 * Takes the role, if need be from a caller that has its result and is leaving.
	 */
	private boolean acquire() {
		Thread thread = Thread.currentThread();
		for (int i = 0; i < LEAVING_SPINS; i++) {
			if (this.reader.get() == null && this.reader.compareAndSet(null, thread)) {
				return true;
			}
			Thread.onSpinWait();
		}
		return false;
	}

	/**
	 * Whether a thread may read: one that blocks in a system call must not be a virtual
	 * one, nor one of a pool that replaces what blocks.
	 */
	static boolean mayRead(Thread thread) {
		return !(thread instanceof ForkJoinWorkerThread) && !VirtualThreads.isVirtual(thread);
	}

	/**
	 * Makes the caller that reads look whether it is done.
	 */
	void wakeCaller() {
		this.direct.wakeup();
	}

	/**
	 * Whether the I/O thread has to deal with what a caller met.
	 */
	boolean isFailed() {
		return this.failure != null;
	}

	/**
	 * Reads on the I/O thread, if that is its part.
	 * @throws IOException if that fails or has failed on a caller's thread
	 */
	void readOnIoThread() throws IOException {
		if (!this.isDirect || isFailed()) {
			take();
			try {
				rethrow(this.failure);
				this.batch.read(this.frames);
			}
			finally {
				this.reader.set(null);
			}
		}
		if (this.isDirect) {
			this.key.interestOpsAnd(~SelectionKey.OP_READ);
			// Contender: a caller that leaves and has set the bit that was cleared here
			if (!this.isDirect) {
				this.key.interestOpsOr(SelectionKey.OP_READ);
			}
		}
	}

	private static void rethrow(@Nullable Throwable failure) throws IOException {
		if (failure instanceof IOException ex) {
			throw ex;
		}
		if (failure != null) {
			throw new IllegalStateException(failure);
		}
	}

	/**
	 * Takes the role for good, on the I/O thread.
	 */
	FrameReader takeOver() {
		take();
		return this.frames;
	}

	/**
	 * Waits for the role. A caller that has it leaves as soon as it is woken: nothing
	 * that it does while it reads can block.
	 */
	private void take() {
		Thread thread = Thread.currentThread();
		while (this.reader.get() != thread && !this.reader.compareAndSet(null, thread)) {
			this.isDirect = false;
			this.direct.wakeup();
			LockSupport.parkNanos(LEAVING_NANOS);
		}
	}

	/**
	 * Ends. Only the thread that has the role calls this.
	 */
	void close() throws IOException {
		this.direct.close();
	}

	/**
	 * Reads what has arrived.
	 */
	@FunctionalInterface
	interface Batch {

		/**
		 * Reads all frames that have arrived and acts on them.
		 */
		void read(FrameReader frames) throws IOException;

	}

}
