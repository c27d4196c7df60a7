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
 *  128  how the I/O thread sleeps, or 0; set by the parent, cleared by both
 *  136  the same for a caller
 *  192  entries, each: length of the body | flags | id | results through the socket before | body
 * </pre> An entry is contiguous and aligned; one of length -1 fills the end of the ring.
 * The worker may clear a sleep that was noted after it looked: it wakes the parent
 * afterwards in any case. The parent trusts nothing that it reads here, and changes it by
 * plain stores only: an atomic change of a file that was cut short would kill the JVM.
 */
public final class ResultRing {

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int WRITTEN = 0;

	private static final int READ = 64;

	private static final int IO = 128;

	private static final int CALLER = 136;

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
	private volatile long position;

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
		long start = this.position;
		int at = indexOf(start);
		int room = SIZE - at;
		long end = start + size + ((size > room) ? room : 0);
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
		if ((long) LONG.getVolatile(this.memory, CALLER) != 0) {
			return Sleep.CALLER;
		}
		long io = (long) LONG.getVolatile(this.memory, IO);
		if (io == 0) {
			return null;
		}
		return (io == Sleep.IO_BRIEFLY.mark) ? Sleep.IO_BRIEFLY : Sleep.IO;
	}

	/**
	 * Notes that whoever sleeps is about to be woken. Called by the worker.
	 */
	public void waking() {
		LONG.setVolatile(this.memory, CALLER, 0L);
		LONG.setVolatile(this.memory, IO, 0L);
	}

	/**
	 * Notes that a thread of the parent is about to sleep. It looks once more whether
	 * there is a result before it does.
	 * @param sleep which thread, and how
	 */
	public void sleeping(Sleep sleep) {
		LONG.setVolatile(this.memory, sleep.word, sleep.mark);
	}

	/**
	 * Notes that a thread of the parent has woken up.
	 * @param sleep what it was said to do
	 */
	public void awake(Sleep sleep) {
		LONG.setVolatile(this.memory, sleep.word, 0L);
	}

	/**
	 * Whether there is a result that {@link #poll} would return. Any thread of the parent
	 * may ask; while another one polls, the answer may be wrong.
	 * @param received number of results that have come through the socket
	 * @return whether there is one
	 */
	public boolean isReady(long received) {
		long read = this.position;
		return (long) LONG.getVolatile(this.memory, WRITTEN) != read && beforeAt(read) <= received;
	}

	/**
	 * Whether the next result has to wait for one that comes through the socket.
	 * @param received number of results that have come through the socket
	 * @return whether that is so
	 */
	public boolean isHeldUp(long received) {
		long read = this.position;
		return (long) LONG.getVolatile(this.memory, WRITTEN) != read && beforeAt(read) > received;
	}

	private long beforeAt(long entry) {
		int at = indexOf(entry);
		boolean filler = at + HEAD_SIZE > SIZE || this.memory.getInt(at) == FILLER;
		return this.memory.getLong((filler ? ENTRIES : at) + 16);
	}

	/**
	 * Reads the next result, unless it comes after one in the socket. Called by the
	 * parent, by one thread at a time.
	 * @param received number of results that have come through the socket
	 * @return the result as a RESULT frame, or {@code null} if there is none
	 * @throws ProtocolException if what is there was not written by {@link #offer}
	 */
	public @Nullable Frame poll(long received) throws ProtocolException {
		long written = (long) LONG.getAcquire(this.memory, WRITTEN);
		long read = this.position;
		if (written == read) {
			return null;
		}
		long start = read;
		int at = indexOf(start);
		int length = this.memory.getInt(at);
		if (length == FILLER) {
			start += SIZE - at;
			at = ENTRIES;
			length = this.memory.getInt(at);
		}
		boolean sound = length >= 0 && length <= LARGEST_BODY && written - read <= CAPACITY
				&& written - start >= sizeOf(length) && at + sizeOf(length) <= SIZE;
		if (!sound) {
			throw new ProtocolException("a result in memory claims %d bytes, %d were written"
				.formatted(length & 0xffffffffL, written - read));
		}
		if (this.memory.getLong(at + 16) > received) {
			return null;
		}
		byte[] body = new byte[length];
		this.memory.get(at + HEAD_SIZE, body);
		Frame frame = new Frame(FrameType.RESULT, this.memory.getInt(at + 4), this.memory.getLong(at + 8), body,
				List.of());
		long end = start + sizeOf(length);
		LONG.setRelease(this.memory, READ, end);
		this.position = end;
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
		IO(ResultRing.IO, 1),

		/** The I/O thread, for a moment after other results. */
		IO_BRIEFLY(ResultRing.IO, 2),

		/** A caller, until it is woken. */
		CALLER(ResultRing.CALLER, 1);

		private final int word;

		private final long mark;

		Sleep(int word, long mark) {
			this.word = word;
			this.mark = mark;
		}

	}

}
