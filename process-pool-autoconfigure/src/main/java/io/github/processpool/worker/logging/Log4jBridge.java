package io.github.processpool.worker.logging;

import java.util.List;
import java.util.Map;

import io.github.processpool.worker.LogBridge;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Takes Log4j 2 over, as {@link LogbackBridge} does with Logback. Its own configuration
 * is not read: it would open the parent's log files.
 */
public final class Log4jBridge implements LogBridge {

	private static final String LOGGING_SYSTEM = "org.springframework.boot.logging.LoggingSystem";

	private static final String BINDING = "org.apache.logging.slf4j.Log4jLoggerFactory";

	private @Nullable LoggerContext context;

	@Override
	public void start(Output output) {
		String binding = LoggerFactory.getILoggerFactory().getClass().getName();
		if (!binding.equals(BINDING)) {
			throw new IllegalStateException("SLF4J is bound to " + binding + ", not to Log4j");
		}
		Configuration configuration = new WorkerConfiguration(new Log4jAppender(output));
		LoggerContext initialized = Configurator.initialize(Log4jBridge.class.getClassLoader(), configuration);
		if (initialized == null) {
			throw new IllegalStateException("Log4j is not complete: its core is missing");
		}
		if (initialized.getConfiguration() != configuration) {
			// What initialised it already, as an agent may have, read its configuration
			initialized.reconfigure(configuration);
		}
		this.context = initialized;
		System.setProperty(LOGGING_SYSTEM, "none");
		JavaLogging.routeToLog4j();
	}

	@Override
	public void levels(Map<String, String> levels) {
		LoggerContext target = this.context;
		if (target == null) {
			return;
		}
		Configuration configuration = target.getConfiguration();
		for (String name : List.copyOf(configuration.getLoggers().keySet())) {
			if (!levels.containsKey(name)) {
				configuration.removeLogger(name);
			}
		}
		levels.forEach((name, level) -> {
			Level wanted = Level.toLevel(level, Level.INFO);
			// Not among the others, as it comes from no file
			LoggerConfig known = name.isEmpty() ? configuration.getRootLogger() : configuration.getLoggers().get(name);
			if (known != null) {
				known.setLevel(wanted);
			}
			else {
				configuration.addLogger(name, new LoggerConfig(name, wanted, true));
			}
		});
		target.updateLoggers();
	}

	/**
	 * One appender, and nothing of any file.
	 */
	private static final class WorkerConfiguration extends AbstractConfiguration {

		private final Log4jAppender appender;

		WorkerConfiguration(Log4jAppender appender) {
			super(null, ConfigurationSource.NULL_SOURCE);
			this.appender = appender;
			this.isShutdownHookEnabled = false;
			setName("processpool-worker");
		}

		@Override
		protected void doConfigure() {
			this.appender.start();
			addAppender(this.appender);
			getRootLogger().addAppender(this.appender, null, null);
			getRootLogger().setLevel(Level.INFO);
		}

	}

}
