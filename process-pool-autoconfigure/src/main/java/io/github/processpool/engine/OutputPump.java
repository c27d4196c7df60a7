package io.github.processpool.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Reads what a worker prints, writes it to the log line by line and keeps the last lines.
 * Safe for use by many threads.
 */
final class OutputPump {

	private static final int TAIL_LINES = 40;

	/** A longer line is cut into several: a worker must not fill the parent's heap. */
	private static final int LONGEST_LINE = 8 * 1024;

	private final InputStream stream;

	private final Logger logger;

	private final Deque<String> tail = new ArrayDeque<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final @Nullable HeldPipe pipe;

	private volatile boolean abandoned;

	/**
	 * Creates a pump.
	 * @param stream what to read
	 * @param pipe the pipe behind it, if it is known
	 * @param logger where the lines go
	 */
	OutputPump(InputStream stream, @Nullable HeldPipe pipe, Logger logger) {
		this.stream = stream;
		this.pipe = pipe;
		this.logger = logger;
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
		synchronized (this.tail) {
			return List.copyOf(this.tail);
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
		byte[] buffer = new byte[8192];
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		try {
			for (int count = this.stream.read(buffer); count >= 0
					&& !this.abandoned; count = this.stream.read(buffer)) {
				for (int i = 0; i < count; i++) {
					if (buffer[i] == '\n' || line.size() >= LONGEST_LINE) {
						line(line);
					}
					if (buffer[i] != '\n') {
						line.write(buffer[i]);
					}
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
			this.ended.countDown();
			closeStream();
		}
	}

	private void line(ByteArrayOutputStream bytes) {
		String text = bytes.toString(StandardCharsets.UTF_8);
		bytes.reset();
		if (text.endsWith("\r")) {
			text = text.substring(0, text.length() - 1);
		}
		synchronized (this.tail) {
			if (this.tail.size() == TAIL_LINES) {
				this.tail.removeFirst();
			}
			this.tail.addLast(text);
		}
		this.logger.info("{}", text);
	}

}
