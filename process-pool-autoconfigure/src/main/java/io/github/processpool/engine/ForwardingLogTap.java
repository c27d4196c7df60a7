package io.github.processpool.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.LogRecord;
import io.github.processpool.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Brings what one worker logs to the logging system of this JVM, and says how much was
 * lost on the way. Safe for use by many threads.
 */
final class ForwardingLogTap implements LogTap {

	/** Tag of events: what the task is called that ran. */
	private static final String TASK = "processpool.task";

	/** Tag of events: number of the task that ran, of its dispatch. */
	private static final String TASK_ID = "processpool.task-id";

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final int workerId;

	private final WorkerProcess process;

	private final Map<String, String> tags;

	private final String limit;

	private final @Nullable WorkerLogs logs;

	private final SpanSink spans;

	private final LogQueue queue;

	private final Consumer<WorkerConnection> forget;

	private final AtomicLong dropped = new AtomicLong();

	private volatile long reportedNanos = System.nanoTime() - REPORT_NANOS;

	/**
	 * Prepares for a worker that is about to be launched.
	 * @param workerId number of the worker
	 * @param process its process
	 * @param tags what stands in the MDC of all that it logs
	 * @param limit what messages call the limit of its events
	 * @param integrations where what it logs goes
	 * @param queue what it waits in until then
	 * @param forget is told when its connection is closed
	 */
	ForwardingLogTap(int workerId, WorkerProcess process, Map<String, String> tags, String limit,
			PoolIntegrations integrations, LogQueue queue, Consumer<WorkerConnection> forget) {
		this.workerId = workerId;
		this.process = process;
		this.tags = tags;
		this.limit = limit;
		this.logs = integrations.logs();
		this.spans = integrations.spans();
		this.queue = queue;
		this.forget = forget;
	}

	@Override
	public void logged(Frame frame) throws ProtocolException {
		if (frame.type() == FrameType.SPAN) {
			enqueue(frame.body().length, () -> this.spans.ended(frame.body()));
			return;
		}
		if (frame.type() != FrameType.LOG) {
			throw new ProtocolException(frame.type() + " frame on the control channel");
		}
		WorkerLogs target = this.logs;
		if (target == null) {
			return;
		}
		if (frame.flags() == LogRecord.DROPPED) {
			this.dropped.addAndGet((frame.body().length >= Long.BYTES) ? ByteBuffer.wrap(frame.body()).getLong() : 0);
			enqueue(0, () -> {
			});
			return;
		}
		if (this.queue.isFull(frame.body().length)) {
			this.dropped.incrementAndGet();
			this.process.logged(() -> lines(frame));
			return;
		}
		LogRecord event = decode(frame);
		this.process.logged(() -> LogLines.of(event));
		enqueue(frame.body().length, () -> target.publish(event, tags(event, frame.id())));
	}

	/** What will not be logged is read only if a crash report wants it. */
	private static List<String> lines(Frame frame) {
		try {
			return LogLines.of(LogRecord.decode(frame.body()));
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static LogRecord decode(Frame frame) throws ProtocolException {
		try {
			return LogRecord.decode(frame.body());
		}
		catch (ProtocolException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new ProtocolException("a LOG frame is cut: " + ex);
		}
	}

	private Map<String, String> tags(LogRecord event, long taskId) {
		Map<String, String> all = new TreeMap<>(this.tags);
		if (taskId != 0) {
			all.put(TASK, event.task());
			all.put(TASK_ID, String.valueOf(taskId));
		}
		return all;
	}

	private void enqueue(int bytes, Runnable publish) {
		if (!this.queue.offer(bytes, publish, this::reportNowAndThen)) {
			this.dropped.incrementAndGet();
		}
	}

	private void reportNowAndThen() {
		if (this.dropped.get() > 0 && System.nanoTime() - this.reportedNanos > REPORT_NANOS) {
			reportDropped();
		}
	}

	private void reportDropped() {
		this.reportedNanos = System.nanoTime();
		long count = this.dropped.getAndSet(0);
		if (count > 0) {
			LoggerFactory.getLogger(this.process.logName())
				.warn("{} log events of worker {} were dropped: they came faster than {} "
						+ "allows, or than they could be written here", count, this.workerId, this.limit);
		}
	}

	@Override
	public void closed(WorkerConnection connection) {
		this.forget.accept(connection);
		if (this.dropped.get() > 0) {
			enqueue(0, this::reportDropped);
		}
	}

}
