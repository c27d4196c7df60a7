package io.github.processpool.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.LogRecord;
import io.github.processpool.protocol.LogSettings;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.TokenBucket;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends what is logged in this worker to its parent. An event is in the socket when the
 * logging call returns, so that not even SIGKILL loses it. Too many of them, or such as
 * the parent does not read in time, are dropped and counted. Safe for use by many
 * threads.
 */
final class WorkerLog implements LogBridge.Output {

	/** A parent that reads nothing for this long must not stop the worker as well. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final PrintStream LAST_RESORT = new PrintStream(new FileOutputStream(FileDescriptor.err), true,
			StandardCharsets.UTF_8);

	private final FrameChannel channel;

	private final TokenBucket bucket;

	private final AtomicLong dropped = new AtomicLong();

	private volatile @Nullable LogBridge bridge;

	private volatile @Nullable Task task;

	private volatile boolean stalled;

	private volatile long reportedNanos = System.nanoTime() - REPORT_NANOS;

	private WorkerLog(FrameChannel channel, int rate) {
		this.channel = channel;
		this.bucket = new TokenBucket(rate);
	}

	/**
	 * Takes the logging system over if the parent wants it and this is possible.
	 * @param onFirstUse whether that may wait until something logs
	 */
	static WorkerLog start(LogSettings settings, FrameChannel channel, boolean onFirstUse) {
		WorkerLog log = new WorkerLog(channel, settings.rate());
		if (!settings.bridge().isEmpty()) {
			try {
				LogBridge bridge = (LogBridge) Class.forName(settings.bridge()).getDeclaredConstructor().newInstance();
				if (onFirstUse) {
					bridge.startOnFirstUse(log);
				}
				else {
					bridge.start(log);
				}
				bridge.levels(settings.levels());
				log.bridge = bridge;
			}
			catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
				LoggerFactory.getLogger(WorkerLog.class)
					.info("this worker logs as it is configured: {}", ex.toString());
			}
		}
		return log;
	}

	void levels(LogSettings settings) {
		LogBridge target = this.bridge;
		if (target != null) {
			target.levels(settings.levels());
		}
	}

	/**
	 * Whether the logging system waits for its first use, which may be under way.
	 */
	boolean isAsleep() {
		LogBridge target = this.bridge;
		return target != null && target.isAsleep();
	}

	void taskStarted(long id, String name) {
		if (this.bridge != null) {
			this.task = new Task(id, name);
		}
	}

	void taskEnded() {
		this.task = null;
	}

	@Override
	public boolean admits() {
		if (this.bucket.take()) {
			return true;
		}
		this.dropped.incrementAndGet();
		return false;
	}

	@Override
	public void send(LogRecord event) {
		Task current = this.task;
		try {
			LogRecord complete = (current != null) ? event.withTask(current.name()) : event;
			if (!offer(0, (current != null) ? current.id() : 0, complete.encode())) {
				this.dropped.incrementAndGet();
			}
			else if (this.dropped.get() > 0 && System.nanoTime() - this.reportedNanos > REPORT_NANOS) {
				reportDropped();
			}
		}
		catch (IOException ex) {
			// The channel is lost, the pipe may not be
			LAST_RESORT.println(event.logger() + ": " + event.message());
		}
	}

	/**
	 * Tells how many events were dropped, if any were.
	 */
	void reportDropped() {
		long count = this.dropped.getAndSet(0);
		if (count == 0) {
			return;
		}
		this.reportedNanos = System.nanoTime();
		byte[] body = ByteBuffer.allocate(Long.BYTES).putLong(count).array();
		try {
			if (offer(LogRecord.DROPPED, 0, Payload.of(body))) {
				return;
			}
		}
		catch (IOException ex) {
			// Told never, or by the next report
		}
		this.dropped.addAndGet(count);
	}

	private boolean offer(int flags, long id, Payload payload) throws IOException {
		boolean sent = this.channel.offer(FrameType.LOG, flags, id, payload, this.stalled ? 0 : PATIENCE_NANOS);
		this.stalled = !sent;
		return sent;
	}

	/**
	 * The task that runs.
	 */
	private record Task(long id, String name) {

	}

}
