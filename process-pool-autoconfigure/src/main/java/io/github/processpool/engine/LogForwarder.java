package io.github.processpool.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.LogRecord;
import io.github.processpool.protocol.LogSettings;
import io.github.processpool.protocol.ProtocolException;

/**
 * Brings what the workers of a pool log to the logging system of this JVM, and the levels
 * of that to the workers. Appenders may be slow, so they are called by a thread of their
 * own, behind a bounded queue. Safe for use by many threads.
 */
final class LogForwarder {

	/** Tag of events: name of the pool. */
	static final String POOL = "processpool.pool";

	/** Tag of events: number of the worker. */
	static final String WORKER = "processpool.worker";

	/** Tag of events: what the task is called that ran. */
	static final String TASK = "processpool.task";

	/** Tag of events: number of the task that ran, of its dispatch. */
	static final String TASK_ID = "processpool.task-id";

	private static final Logger logger = LoggerFactory.getLogger(LogForwarder.class);

	private static final int MOST_EVENTS = 10_000;

	private static final long MOST_BYTES = 16 * 1024 * 1024;

	private static final long IDLE_SECONDS = 5;

	private static final long CLOSE_SECONDS = 2;

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final PoolConfig config;

	private final PoolIntegrations integrations;

	private final @Nullable WorkerLogs logs;

	private final ThreadPoolExecutor executor;

	private final AtomicLong waitingBytes = new AtomicLong();

	private final List<WorkerConnection> connections = new CopyOnWriteArrayList<>();

	private final Runnable unsubscribe;

	LogForwarder(PoolConfig config, PoolIntegrations integrations, PoolThreads threads) {
		this.config = config;
		this.integrations = integrations;
		this.logs = integrations.logs();
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(MOST_EVENTS), threads.numbered("log"));
		this.executor.allowCoreThreadTimeOut(true);
		this.unsubscribe = (this.logs != null) ? this.logs.onLevelChange(this::levelsChanged) : () -> {
		};
	}

	PoolIntegrations integrations() {
		return this.integrations;
	}

	/**
	 * How a worker that starts now is to log.
	 */
	LogSettings settings() {
		return (this.logs != null)
				? new LogSettings(this.logs.bridge(), this.integrations.logRate(), this.logs.levels())
				: LogSettings.NONE;
	}

	/**
	 * Prepares for a worker that is about to be launched.
	 */
	LogTap tap(int workerId, WorkerProcess process) {
		process.logOutput(this.integrations.logRate(), tags(workerId));
		return new Tap(workerId, process);
	}

	private Map<String, String> tags(int workerId) {
		return Map.of(POOL, this.config.name(), WORKER, String.valueOf(workerId));
	}

	/**
	 * A worker is ready: it hears of what has changed since it was launched, and from now
	 * on.
	 */
	void connected(WorkerConnection connection) {
		if (this.logs != null) {
			this.connections.add(connection);
			send(connection, settings());
		}
	}

	private void levelsChanged() {
		LogSettings settings = settings();
		this.connections.forEach((connection) -> send(connection, settings));
	}

	private void send(WorkerConnection connection, LogSettings settings) {
		try {
			connection.levels(settings.encode());
		}
		catch (IOException ex) {
			logger.warn("pool {}: levels of loggers do not reach the workers", this.config.name(), ex);
		}
	}

	/**
	 * Ends it when what has come is logged, or after a while.
	 */
	void close() {
		this.unsubscribe.run();
		this.executor.shutdown();
		try {
			this.executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What comes from one worker.
	 */
	private final class Tap implements LogTap {

		private final int workerId;

		private final WorkerProcess process;

		private final AtomicLong dropped = new AtomicLong();

		private volatile long reportedNanos = System.nanoTime() - REPORT_NANOS;

		Tap(int workerId, WorkerProcess process) {
			this.workerId = workerId;
			this.process = process;
		}

		@Override
		public void logged(Frame frame) throws ProtocolException {
			if (frame.type() == FrameType.SPAN) {
				enqueue(frame.body().length, () -> LogForwarder.this.integrations.spans().ended(frame.body()));
				return;
			}
			if (frame.type() != FrameType.LOG) {
				throw new ProtocolException(frame.type() + " frame on the control channel");
			}
			WorkerLogs target = LogForwarder.this.logs;
			if (target == null) {
				return;
			}
			if (frame.flags() == LogRecord.DROPPED) {
				this.dropped
					.addAndGet((frame.body().length >= Long.BYTES) ? ByteBuffer.wrap(frame.body()).getLong() : 0);
				enqueue(0, () -> {
				});
				return;
			}
			LogRecord event = decode(frame);
			this.process.logged(() -> LogLines.of(event));
			enqueue(frame.body().length, () -> target.publish(event, tags(event, frame.id())));
		}

		private LogRecord decode(Frame frame) throws ProtocolException {
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
			Map<String, String> tags = new TreeMap<>(LogForwarder.this.tags(this.workerId));
			if (taskId != 0) {
				tags.put(TASK, event.task());
				tags.put(TASK_ID, String.valueOf(taskId));
			}
			return tags;
		}

		private void enqueue(int bytes, Runnable publish) {
			if (LogForwarder.this.waitingBytes.addAndGet(bytes) > MOST_BYTES) {
				LogForwarder.this.waitingBytes.addAndGet(-bytes);
				this.dropped.incrementAndGet();
				return;
			}
			try {
				LogForwarder.this.executor.execute(() -> {
					LogForwarder.this.waitingBytes.addAndGet(-bytes);
					run(publish);
				});
			}
			catch (RejectedExecutionException ex) {
				LogForwarder.this.waitingBytes.addAndGet(-bytes);
				this.dropped.incrementAndGet();
			}
		}

		private void run(Runnable publish) {
			try {
				publish.run();
			}
			catch (RuntimeException | LinkageError ex) {
				logger.debug("an event of a worker could not be logged", ex);
			}
			if (this.dropped.get() > 0 && System.nanoTime() - this.reportedNanos > REPORT_NANOS) {
				reportDropped();
			}
		}

		private void reportDropped() {
			this.reportedNanos = System.nanoTime();
			long count = this.dropped.getAndSet(0);
			if (count > 0) {
				LoggerFactory.getLogger(this.process.logName())
					.warn("{} log events of worker {} were dropped: they came faster than 'process-pool.logging.rate-limit' "
							+ "allows, or than they could be written here", count, this.workerId);
			}
		}

		@Override
		public void closed(WorkerConnection connection) {
			LogForwarder.this.connections.remove(connection);
			if (this.dropped.get() > 0) {
				enqueue(0, this::reportDropped);
			}
		}

	}

}
