package io.github.processpool.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.processpool.protocol.LogSettings;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the workers of a pool log to the logging system of this JVM, and the levels
 * of that to the workers. Appenders may be slow, so they are called by a thread of their
 * own, behind a bounded queue. Safe for use by many threads.
 */
final class LogForwarder {

	/** Tag of events: name of the pool. */
	private static final String POOL = "processpool.pool";

	/** Tag of events: number of the worker. */
	private static final String WORKER = "processpool.worker";

	private static final Logger logger = LoggerFactory.getLogger(LogForwarder.class);

	private final PoolConfig config;

	private final PoolIntegrations integrations;

	private final @Nullable WorkerLogs logs;

	private final LogQueue queue;

	private final List<WorkerConnection> connections = new CopyOnWriteArrayList<>();

	private final Runnable unsubscribe;

	LogForwarder(PoolConfig config, PoolIntegrations integrations, PoolThreads threads) {
		this.config = config;
		this.integrations = integrations;
		this.logs = integrations.logs();
		this.queue = new LogQueue(threads);
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
		Map<String, String> tags = Map.of(POOL, this.config.name(), WORKER, String.valueOf(workerId));
		process.logOutput(this.integrations.logRate(), limit(), tags);
		return new ForwardingLogTap(workerId, process, tags, limit(), this.integrations, this.queue,
				this.connections::remove);
	}

	/**
	 * What messages call the limit; the builder has no method for it.
	 */
	private String limit() {
		SettingNames settings = this.config.settings();
		return settings.areProperties() ? settings.of("logging.rate-limit")
				: "the limit of " + this.integrations.logRate() + " a second";
	}

	/**
	 * A worker is ready: it hears of what has changed since it was launched, and from now
	 * on.
	 */
	void connected(WorkerConnection connection) {
		if (this.logs != null) {
			synchronized (this.connections) {
				this.connections.add(connection);
				send(connection, settings());
			}
		}
	}

	private void levelsChanged() {
		// One after the other, so that the last sent is the latest
		synchronized (this.connections) {
			LogSettings settings = settings();
			this.connections.forEach((connection) -> send(connection, settings));
		}
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
		this.queue.close();
	}

}
