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
import io.github.processpool.protocol.ResultRing.Sleep;
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

	private static final int SPINS_BEFORE_YIELD = 50;

	private static final long LEAVING_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	/** How long to sleep while further results may wait for a worker to wake us. */
	private static final long BRIEF_MILLIS = 1;

	private final ResultSource source;

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

	/** Whether more results are to come soon. A wrong value only costs time. */
	private volatile boolean moreToCome;

	// Guarded by the pool's lock
	private int streak;

	/**
	 * Creates a reader.
	 * @param source where results come from
	 * @param socket what tells that there are some
	 * @param key its key with the selector of the I/O thread
	 * @param batch reads what has arrived
	 * @throws IOException if there can be no selector
	 */
	ResultReader(ResultSource source, SocketChannel socket, SelectionKey key, Batch batch) throws IOException {
		this.source = source;
		this.key = key;
		this.direct = socket.provider().openSelector();
		this.batch = batch;
		socket.register(this.direct, SelectionKey.OP_READ);
	}

	/**
	 * Notes a result that was just read. The pool's lock is held.
	 * @param awaited whether its caller waited for it
	 * @param left how many tasks the worker still has
	 */
	void noteResult(boolean awaited, int left) {
		this.moreToCome = left > 0;
		this.streak = (awaited && left == 0) ? this.streak + 1 : 0;
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
					this.batch.read(this.source, this.source.isThroughSocket());
				}
				while (mayGoOn(done, thread) && this.spin.again());
				if (done.getAsBoolean()) {
					this.spin.found();
				}
			}
			while (mayGoOn(done, thread)) {
				if (this.source.sleeping(Sleep.CALLER)) {
					this.direct.select((selected) -> {
					});
				}
				this.source.awake(Sleep.CALLER);
				this.batch.read(this.source, true);
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		finally {
			this.reader.set(null);
			if (this.failure != null || !done.getAsBoolean() || this.source.isReady()) {
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
			if (i % SPINS_BEFORE_YIELD == SPINS_BEFORE_YIELD - 1) {
				// It may have been driven from this very processor
				Thread.yield();
			}
			else {
				Thread.onSpinWait();
			}
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
	 * Waits on the I/O thread until there is something to do.
	 */
	void select() throws IOException {
		Selector selector = this.key.selector();
		if (this.isDirect) {
			selector.select();
			return;
		}
		boolean briefly = this.moreToCome;
		this.moreToCome = false;
		Sleep sleep = briefly ? Sleep.IO_BRIEFLY : Sleep.IO;
		if (this.source.sleeping(sleep)) {
			selector.select(briefly ? BRIEF_MILLIS : 0);
		}
		else {
			selector.selectNow();
		}
		this.source.awake(sleep);
	}

	/**
	 * Reads on the I/O thread, if that is its part.
	 * @param fromSocket whether there is something in the socket
	 * @throws IOException if that fails or has failed on a caller's thread
	 */
	void readOnIoThread(boolean fromSocket) throws IOException {
		if (!this.isDirect || this.failure != null) {
			take();
			try {
				rethrow(this.failure);
				this.batch.read(this.source, fromSocket);
			}
			finally {
				this.reader.set(null);
			}
		}
		if (this.isDirect && fromSocket) {
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
	ResultSource takeOver() {
		take();
		return this.source;
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
		 * Reads results that have arrived, of many not all, and acts on them.
		 * @param fromSocket whether there may be some in the socket
		 */
		void read(ResultSource source, boolean fromSocket) throws IOException;

	}

}
