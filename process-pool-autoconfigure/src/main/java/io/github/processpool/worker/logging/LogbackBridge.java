package io.github.processpool.worker.logging;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import io.github.processpool.worker.LogBridge;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Takes Logback over. Neither its own configuration nor Spring Boot's is read in such a
 * worker: appenders, files and formats are the parent's.
 */
public final class LogbackBridge implements LogBridge {

	private static final String LOGGING_SYSTEM = "org.springframework.boot.logging.LoggingSystem";

	@Override
	public void start(Output output) {
		WorkerConfigurator.bridged = true;
		LoggerContext context = context();
		// What initialised it already, as an agent may have, read its configuration
		context.reset();
		context.setName("processpool-worker");
		ForwardingAppender appender = new ForwardingAppender(output);
		appender.setContext(context);
		appender.setName("parent");
		appender.start();
		context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
		System.setProperty(LOGGING_SYSTEM, "none");
		JavaLogging.route();
		LevelChangePropagator propagator = new LevelChangePropagator();
		propagator.setContext(context);
		propagator.setResetJUL(true);
		propagator.start();
		context.addListener(propagator);
	}

	private static LoggerContext context() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (factory instanceof LoggerContext context) {
			return context;
		}
		throw new IllegalStateException("SLF4J is bound to " + factory.getClass().getName() + ", not to Logback");
	}

	@Override
	public void levels(Map<String, String> levels) {
		LoggerContext context = context();
		for (Logger logger : context.getLoggerList()) {
			boolean root = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
			if (!root && logger.getLevel() != null && !levels.containsKey(logger.getName())) {
				logger.setLevel(null);
			}
		}
		levels.forEach((name, level) -> {
			Logger logger = context.getLogger(name);
			Level wanted = Level.toLevel(level, Level.INFO);
			if (!wanted.equals(logger.getLevel())) {
				logger.setLevel(wanted);
			}
		});
	}

}
