package io.github.processpool.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.processpool.protocol.TokenBucket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * Reads what a worker prints, writes it to the log line by line and keeps the last lines.
 * Safe for use by many threads.
 */
final class OutputPump {

	private static final int TAIL_LINES = 40;

	/** A longer line is cut into several: a worker must not fill the parent's heap. */
	private static final int LONGEST_LINE = 8 * 1024;

	/**
	 * A pause for each buffer of a flood: without it, a worker that prints as fast as it
	 * can would keep this process busy reading.
	 */
	private static final long FLOOD_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final InputStream stream;

	private final Logger logger;

	private final TokenBucket bucket;

	private final String limit;

	private final Map<String, String> tags;

	/** Lines, and what makes lines when they are asked for. */
	private final Deque<Supplier<List<String>>> tail = new ArrayDeque<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final @Nullable HeldPipe pipe;

	private volatile boolean abandoned;

	// Confined to the thread that reads

	private long dropped;

	private long reportedNanos = System.nanoTime() - REPORT_NANOS;

	/**
	 * Creates a pump.
	 * @param stream what to read
	 * @param pipe the pipe behind it, if it is known
	 * @param logger where lines are logged
	 * @param bucket how many of them
	 * @param limit what messages call that limit
	 * @param tags what stands in their MDC
	 */
	OutputPump(InputStream stream, @Nullable HeldPipe pipe, Logger logger, TokenBucket bucket, String limit,
			Map<String, String> tags) {
		this.stream = stream;
		this.pipe = pipe;
		this.logger = logger;
		this.bucket = bucket;
		this.limit = limit;
		this.tags = tags;
	}

	void start(ThreadFactory threads) {
		threads.newThread(this::run).start();
	}

	/**
	 * The last lines, after a bounded wait for the end of the stream: a grandchild can
	 * hold it open for ever.
	 */
	List<String> tail(long millis) {
		try {
			this.ended.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		List<Supplier<List<String>>> last;
		synchronized (this.tail) {
			last = List.copyOf(this.tail);
		}
		List<String> lines = last.stream().flatMap((part) -> part.get().stream()).toList();
		return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
	}

	/**
	 * Adds to the last lines.
	 * @param lines makes the lines
	 */
	void remember(Supplier<List<String>> lines) {
		synchronized (this.tail) {
			if (this.tail.size() == TAIL_LINES) {
				this.tail.removeFirst();
			}
			this.tail.addLast(lines);
		}
	}

	/**
	 * The worker has ended: ends the reading, even if a grandchild holds the stream open.
	 */
	void close() {
		this.abandoned = true;
		if (this.ended.getCount() > 0 && this.pipe != null) {
			long holder = this.pipe.wake();
			this.logger.debug("the output of a worker that has ended is held open by process {}", holder);
		}
		closeStream();
	}

	private void closeStream() {
		try {
			this.stream.close();
		}
		catch (IOException ex) {
			this.logger.debug("cannot close the stream of a worker that has ended", ex);
		}
	}

	private void run() {
		this.tags.forEach(MDC::put);
		byte[] buffer = new byte[8192];
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		try {
			for (int count = this.stream.read(buffer); count >= 0
					&& !this.abandoned; count = this.stream.read(buffer)) {
				long before = this.dropped;
				split(buffer, count, line);
				if (this.dropped > before) {
					LockSupport.parkNanos(FLOOD_PAUSE_NANOS);
				}
			}
		}
		catch (IOException ex) {
			// The worker has ended and the stream with it
			this.logger.trace("output ended", ex);
		}
		finally {
			if (line.size() > 0) {
				line(line);
			}
			reportDropped();
			this.ended.countDown();
			closeStream();
		}
	}

	private void split(byte[] buffer, int count, ByteArrayOutputStream line) {
		int start = 0;
		while (start < count) {
			int most = Math.min(count, start + LONGEST_LINE - line.size());
			int end = start;
			while (end < most && buffer[end] != '\n') {
				end++;
			}
			line.write(buffer, start, end - start);
			boolean complete = end < count && buffer[end] == '\n';
			if (complete || line.size() >= LONGEST_LINE) {
				line(line);
			}
			start = complete ? end + 1 : end;
		}
	}

	private void line(ByteArrayOutputStream bytes) {
		byte[] raw = bytes.toByteArray();
		bytes.reset();
		// Of a flood most lines are forgotten before anybody wants to read them
		remember(() -> List.of(text(raw)));
		if (this.bucket.take()) {
			this.logger.info("{}", text(raw));
		}
		else {
			this.dropped++;
			if (System.nanoTime() - this.reportedNanos > REPORT_NANOS) {
				reportDropped();
			}
		}
	}

	private static String text(byte[] line) {
		int length = (line.length > 0 && line[line.length - 1] == '\r') ? line.length - 1 : line.length;
		return new String(line, 0, length, StandardCharsets.UTF_8);
	}

	private void reportDropped() {
		if (this.dropped > 0) {
			this.reportedNanos = System.nanoTime();
			this.logger.warn("{} lines were dropped: they came faster than {} allows", this.dropped, this.limit);
			this.dropped = 0;
		}
	}

}
