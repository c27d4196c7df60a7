package io.github.processpool.logging;

import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.github.processpool.engine.WorkerLogs;
import io.github.processpool.protocol.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Logback, with the appenders and levels that it has at the time. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class LogbackLogs implements WorkerLogs {

	private static final String BRIDGE = "io.github.processpool.worker.logging.LogbackBridge";

	/** Loggers are never removed, and a worker may make up names. */
	private static final int MOST_LOGGERS = 20_000;

	/** In characters. Each part of a name is a logger with all the parts before it. */
	private static final int LONGEST_NAME = 256;

	private final LoggerContext context;

	private LogbackLogs(LoggerContext context) {
		this.context = context;
	}

	/**
	 * Finds Logback.
	 * @return the logging system, or {@code null} if SLF4J is bound to another one
	 */
	public static @Nullable LogbackLogs find() {
		return (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) ? new LogbackLogs(context) : null;
	}

	@Override
	public String bridge() {
		return BRIDGE;
	}

	@Override
	public Map<String, String> levels() {
		Map<String, String> levels = new HashMap<>();
		for (Logger logger : this.context.getLoggerList()) {
			Level level = logger.getLevel();
			if (level != null) {
				levels.put(logger.getName(), level.toString());
			}
		}
		return levels;
	}

	@Override
	public Runnable onLevelChange(Runnable listener) {
		LevelListener added = new LevelListener(listener);
		this.context.addListener(added);
		return () -> this.context.removeListener(added);
	}

	@Override
	public void publish(LogRecord event, Map<String, String> tags) {
		Logger logger = logger(event.logger());
		Level level = level(event.level());
		if (logger.isEnabledFor(level)) {
			logger.callAppenders(ForwardedEvent.of(event, level, tags, this.context));
		}
	}

	private Logger logger(String name) {
		if (name.length() > LONGEST_NAME) {
			return this.context.getLogger(Logger.ROOT_LOGGER_NAME);
		}
		Logger logger = this.context.exists(name);
		if (logger == null) {
			logger = this.context
				.getLogger((this.context.getLoggerList().size() < MOST_LOGGERS) ? name : Logger.ROOT_LOGGER_NAME);
		}
		return logger;
	}

	private static Level level(int level) {
		return switch (level) {
			case 0 -> Level.TRACE;
			case 10 -> Level.DEBUG;
			case 20 -> Level.INFO;
			case 30 -> Level.WARN;
			default -> Level.ERROR;
		};
	}

}
