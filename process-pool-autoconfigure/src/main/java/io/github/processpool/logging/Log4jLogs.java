package io.github.processpool.logging;

import java.beans.PropertyChangeListener;
import java.util.HashMap;
import java.util.Map;

import io.github.processpool.engine.WorkerLogs;
import io.github.processpool.protocol.LogRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Log4j 2, with the appenders and levels that it has at the time. Safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
public final class Log4jLogs implements WorkerLogs {

	private static final String BRIDGE = "io.github.processpool.worker.logging.Log4jBridge";

	private static final String BINDING = "org.apache.logging.slf4j.Log4jLoggerFactory";

	private final LoggerContext context;

	private Log4jLogs(LoggerContext context) {
		this.context = context;
	}

	/**
	 * Finds Log4j.
	 * @return the logging system, or {@code null} if SLF4J is bound to another one
	 */
	public static @Nullable Log4jLogs find() {
		boolean bound = LoggerFactory.getILoggerFactory().getClass().getName().equals(BINDING);
		return (bound && LogManager.getContext(false) instanceof LoggerContext context) ? new Log4jLogs(context) : null;
	}

	@Override
	public String bridge() {
		return BRIDGE;
	}

	@Override
	public Map<String, String> levels() {
		Map<String, String> levels = new HashMap<>();
		Configuration configuration = this.context.getConfiguration();
		levels.put(LogManager.ROOT_LOGGER_NAME, configuration.getRootLogger().getLevel().name());
		configuration.getLoggers().forEach((name, logger) -> {
			Level level = logger.getExplicitLevel();
			if (level != null) {
				levels.put(name, level.name());
			}
		});
		return levels;
	}

	@Override
	public Runnable onLevelChange(Runnable listener) {
		PropertyChangeListener added = (event) -> listener.run();
		this.context.addPropertyChangeListener(added);
		return () -> this.context.removePropertyChangeListener(added);
	}

	@Override
	public void publish(LogRecord event, Map<String, String> tags) {
		Level level = level(event.level());
		LoggerConfig target = this.context.getConfiguration().getLoggerConfig(event.logger());
		if (level.isMoreSpecificThan(target.getLevel())) {
			target.log(event(event, level, tags));
		}
	}

	private static Log4jLogEvent event(LogRecord source, Level level, Map<String, String> tags) {
		MutableInstant time = new MutableInstant();
		time.initFromEpochSecond(source.time().getEpochSecond(), source.time().getNano());
		Map<String, String> mdc = new HashMap<>(source.mdc());
		mdc.putAll(tags);
		Log4jLogEvent.Builder event = Log4jLogEvent.newBuilder()
			.setLoggerName(source.logger())
			.setLevel(level)
			.setMessage(new SimpleMessage(source.message()))
			.setThreadName(source.thread())
			.setInstant(time)
			.setContextData(ContextDataFactory.createContextData(mdc))
			.setIncludeLocation(false);
		if (!source.markers().isEmpty()) {
			String marker = source.markers().get(0);
			// Only markers of the application's own are kept for ever
			event.setMarker(MarkerManager.exists(marker) ? MarkerManager.getMarker(marker)
					: new MarkerManager.Log4jMarker(marker));
		}
		if (source.throwable() != null) {
			event.setThrown(new ForwardedException(source.throwable()));
		}
		return event.build();
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
