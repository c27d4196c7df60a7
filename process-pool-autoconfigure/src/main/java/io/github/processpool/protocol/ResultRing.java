package io.github.processpool.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Small results on their way from a worker to the parent, in memory that both have
 * mapped: a result costs no system call while the parent is awake, and is not lost when
 * the worker dies right after it. A ring of entries with one writer and one reader, as
 * Aeron's and the JCTools' queues are. What does not fit goes through the socket; each
 * entry says how many results went there before it. <pre>
 *    0  number of bytes written; the worker's
 *   64  number of bytes read; the parent's
 *  128  who sleeps and how; set by the parent, cleared by both
 *  192  entries, each: length of the body | flags | id | results through the socket before | body
 * </pre> An entry is contiguous and aligned; one of length -1 fills the end of the ring.
 * The parent trusts nothing that it reads here.
 */
public final class ResultRing {

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int WRITTEN = 0;

	private static final int READ = 64;

	private static final int SLEEPERS = 128;

	private static final int ENTRIES = 192;

	private static final int CAPACITY = 64 * 1024;

	static final int SIZE = ENTRIES + CAPACITY;

	private static final int HEAD_SIZE = 24;

	/** A larger body would keep others out. */
	private static final int LARGEST_BODY = CAPACITY / 8;

	private static final int FILLER = -1;

	private static final int ALIGNMENT = Long.BYTES;

	private final ByteBuffer memory;

	/** Where the worker writes or the parent reads; the other side has its own. */
	private long position;

	ResultRing(ByteBuffer memory) {
		this.memory = memory.order(ByteOrder.nativeOrder());
	}

	/**
	 * Adds a result. Called by the worker, by one thread.
	 * @param flags which kind of result it is
	 * @param id number of the task
	 * @param before number of results that went through the socket
	 * @param payload the result
	 * @return {@code false} if there is no room for it
	 */
	public boolean offer(int flags, long id, long before, Payload payload) {
		if (payload.size() > LARGEST_BODY || !payload.arrays().isEmpty()) {
			return false;
		}
		int length = (int) payload.bodySize();
		int size = sizeOf(length);
		int at = indexOf(this.position);
		int room = ENTRIES + CAPACITY - at;
		long end = this.position + size + ((size > room) ? room : 0);
		if (end - (long) LONG.getAcquire(this.memory, READ) > CAPACITY) {
			return false;
		}
		if (size > room) {
			this.memory.putInt(at, FILLER);
			at = ENTRIES;
		}
		this.memory.putInt(at, length).putInt(at + 4, flags).putLong(at + 8, id).putLong(at + 16, before);
		payload.copyTo(this.memory, at + HEAD_SIZE);
		this.position = end;
		// Volatile: read only then who sleeps
		LONG.setVolatile(this.memory, WRITTEN, end);
		return true;
	}

	/**
	 * Who waits for the next result. Called by the worker.
	 * @return the most impatient, or {@code null} if somebody is awake
	 */
	public @Nullable Sleep sleeper() {
		long sleepers = (long) LONG.getVolatile(this.memory, SLEEPERS);
		if (sleepers == 0) {
			return null;
		}
		if ((sleepers & Sleep.CALLER.bit) != 0) {
			return Sleep.CALLER;
		}
		return ((sleepers & Sleep.IO.bit) != 0) ? Sleep.IO : Sleep.IO_BRIEFLY;
	}

	/**
	 * Notes that whoever sleeps is about to be woken. Called by the worker.
	 */
	public void waking() {
		LONG.setVolatile(this.memory, SLEEPERS, 0L);
	}

	/**
	 * Notes that a thread of the parent is about to sleep. It looks once more whether
	 * there is a result before it does.
	 * @param sleep which thread, and how
	 */
	public void sleeping(Sleep sleep) {
		LONG.getAndBitwiseOr(this.memory, SLEEPERS, sleep.bit);
	}

	/**
	 * Notes that a thread of the parent has woken up.
	 * @param sleep what it was said to do
	 */
	public void awake(Sleep sleep) {
		LONG.getAndBitwiseAnd(this.memory, SLEEPERS, ~sleep.bit);
	}

	/**
	 * Whether there is a result that {@link #poll} would return. Any thread of the parent
	 * may ask; while another one polls, the answer may be wrong.
	 * @param before number of results that have come through the socket
	 * @return whether there is one
	 */
	public boolean isReady(long before) {
		long read = (long) LONG.getVolatile(this.memory, READ);
		return (long) LONG.getVolatile(this.memory, WRITTEN) != read && beforeAt(read) <= before;
	}

	/**
	 * Whether the next result has to wait for one that comes through the socket.
	 * @param before number of results that have come through the socket
	 * @return whether that is so
	 */
	public boolean isHeldUp(long before) {
		return (long) LONG.getAcquire(this.memory, WRITTEN) != this.position && beforeAt(this.position) > before;
	}

	private long beforeAt(long entry) {
		int at = indexOf(entry);
		boolean filler = at + HEAD_SIZE > SIZE || this.memory.getInt(at) == FILLER;
		return this.memory.getLong((filler ? ENTRIES : at) + 16);
	}

	/**
	 * Reads the next result, unless it comes after one in the socket. Called by the
	 * parent, by one thread at a time.
	 * @param before number of results that have come through the socket
	 * @return the result as a RESULT frame, or {@code null} if there is none
	 * @throws ProtocolException if what is there was not written by {@link #offer}
	 */
	public @Nullable Frame poll(long before) throws ProtocolException {
		long written = (long) LONG.getAcquire(this.memory, WRITTEN);
		if (written == this.position) {
			return null;
		}
		long start = this.position;
		int at = indexOf(start);
		int length = this.memory.getInt(at);
		if (length == FILLER) {
			start += ENTRIES + CAPACITY - at;
			at = ENTRIES;
			length = this.memory.getInt(at);
		}
		boolean sound = length >= 0 && length <= LARGEST_BODY && written - this.position <= CAPACITY
				&& written - start >= sizeOf(length) && at + sizeOf(length) <= SIZE;
		if (!sound) {
			throw new ProtocolException("a result in memory claims %d bytes, %d were written"
				.formatted(length & 0xffffffffL, written - this.position));
		}
		if (this.memory.getLong(at + 16) > before) {
			return null;
		}
		byte[] body = new byte[length];
		this.memory.get(at + HEAD_SIZE, body);
		Frame frame = new Frame(FrameType.RESULT, this.memory.getInt(at + 4), this.memory.getLong(at + 8), body,
				List.of());
		this.position = start + sizeOf(length);
		LONG.setVolatile(this.memory, READ, this.position);
		return frame;
	}

	private static int indexOf(long position) {
		return ENTRIES + (int) (position & (CAPACITY - 1));
	}

	private static int sizeOf(int length) {
		return (HEAD_SIZE + length + ALIGNMENT - 1) & -ALIGNMENT;
	}

	/**
	 * How a thread of the parent sleeps.
	 */
	public enum Sleep {

		/** The I/O thread, until it is woken. */
		IO(1),

		/** The I/O thread, for a moment after other results. */
		IO_BRIEFLY(2),

		/** A caller, until it is woken. */
		CALLER(4);

		private final long bit;

		Sleep(long bit) {
			this.bit = bit;
		}

	}

}
