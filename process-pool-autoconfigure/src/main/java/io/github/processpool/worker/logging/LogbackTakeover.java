package io.github.processpool.worker.logging;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import io.github.processpool.worker.LogBridge;

/**
 * A context of Logback whose events go to the parent.
 */
final class LogbackTakeover {

	private final LoggerContext context;

	private LogbackTakeover(LoggerContext context) {
		this.context = context;
	}

	/**
	 * Takes a context over.
	 * @param context a context whose configuration is forgotten, if it has one
	 * @param output where its events go
	 * @param resetJavaLogging whether levels of {@code java.util.logging} are forgotten
	 * too
	 */
	static LogbackTakeover of(LoggerContext context, LogBridge.Output output, boolean resetJavaLogging) {
		context.reset();
		context.setName("processpool-worker");
		ForwardingAppender appender = new ForwardingAppender(output);
		appender.setContext(context);
		appender.setName("parent");
		appender.start();
		context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
		JavaLogging.route();
		LevelChangePropagator propagator = new LevelChangePropagator();
		propagator.setContext(context);
		propagator.setResetJUL(resetJavaLogging);
		propagator.start();
		context.addListener(propagator);
		return new LogbackTakeover(context);
	}

	void levels(Map<String, String> levels) {
		for (Logger logger : this.context.getLoggerList()) {
			boolean root = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
			if (!root && logger.getLevel() != null && !levels.containsKey(logger.getName())) {
				logger.setLevel(null);
			}
		}
		levels.forEach((name, level) -> {
			Logger logger = this.context.getLogger(name);
			Level wanted = Level.toLevel(level, Level.INFO);
			if (!wanted.equals(logger.getLevel())) {
				logger.setLevel(wanted);
			}
		});
	}

}
