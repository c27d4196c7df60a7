package io.github.processpool.protocol;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a worker has started and ended, in a file that parent and worker both map into
 * memory, so that the parent can read it after the worker's death, however it died.
 * <p>
 * It also decides who has a task that was sent but not started: the worker, which starts
 * it, or the parent, which takes it back. Both change the same word by compare-and-set,
 * so a task is either started or taken back, never both. Task ids of a worker grow. Safe
 * for use by many threads. <pre>
 *   0  id of the last task started &lt;&lt; 16 | number of recalls
 *   8  id up to which tasks that had not started were taken back; written by the parent
 *  16  id of the last task ended
 *  64  results, see {@link ResultRing}
 * </pre>
 */
public final class Ledger {

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int RESULTS = 64;

	private static final int SIZE = RESULTS + ResultRing.SIZE;

	private static final int STARTED = 0;

	private static final int RECALLED = 8;

	private static final int ENDED = 16;

	private static final int RECALL_BITS = 16;

	private static final long RECALL_MASK = (1L << RECALL_BITS) - 1;

	private final ByteBuffer memory;

	private final ResultRing results;

	private Ledger(ByteBuffer memory) {
		this.memory = memory;
		this.results = new ResultRing(memory.slice(RESULTS, ResultRing.SIZE));
	}

	/**
	 * The results in the same file.
	 * @return the ring
	 */
	public ResultRing results() {
		return this.results;
	}

	/**
	 * Creates the file and maps it.
	 * @param file a file that does not exist
	 * @return the ledger
	 * @throws IOException if that fails
	 */
	public static Ledger create(Path file) throws IOException {
		// Written, not only mapped: on a full disk a sparse page would kill the JVM
		Files.write(file, new byte[SIZE], StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		return open(file);
	}

	/**
	 * Maps the file that the parent created.
	 * @param file the file
	 * @return the ledger
	 * @throws IOException if that fails
	 */
	public static Ledger open(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return new Ledger(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
		}
	}

	/**
	 * Notes that a task starts, before its arguments are read. Called by the worker.
	 * @param id number of the task
	 * @return {@code false} if the parent has taken the task back
	 */
	public boolean start(long id) {
		while (true) {
			long word = read(STARTED);
			// Read after the word: a recall that comes later makes the swap below fail
			if (id <= read(RECALLED)) {
				return false;
			}
			// Contender: recall() by the parent
			if (LONG.compareAndSet(this.memory, STARTED, word, (id << RECALL_BITS) | (word & RECALL_MASK))) {
				return true;
			}
		}
	}

	/**
	 * Takes back what was sent and has not started. Called by the parent, by one thread
	 * at a time.
	 * @param lastSent number of the last task sent
	 * @return number of the last task started; all after it are taken back
	 */
	public long recall(long lastSent) {
		// Never lowered: what was taken back before may still be on its way
		if (lastSent > read(RECALLED)) {
			LONG.setVolatile(this.memory, RECALLED, lastSent);
		}
		while (true) {
			long word = read(STARTED);
			// Contender: start() by the worker
			if (LONG.compareAndSet(this.memory, STARTED, word, (word & ~RECALL_MASK) | ((word + 1) & RECALL_MASK))) {
				return word >>> RECALL_BITS;
			}
		}
	}

	/**
	 * Notes that a task has ended, before its outcome is sent. Called by the worker.
	 * @param id number of the task
	 */
	public void end(long id) {
		LONG.setVolatile(this.memory, ENDED, id);
	}

	/**
	 * Whether a task that was not taken back was started.
	 * @param id number of the task
	 * @return {@code true} from the moment its arguments are read
	 */
	public boolean isStarted(long id) {
		return read(STARTED) >>> RECALL_BITS >= id;
	}

	/**
	 * Whether a task has ended.
	 * @param id number of the task
	 * @return {@code true} from the moment it has returned or thrown
	 */
	public boolean isEnded(long id) {
		return read(ENDED) >= id;
	}

	private long read(int position) {
		return (long) LONG.getVolatile(this.memory, position);
	}

}
