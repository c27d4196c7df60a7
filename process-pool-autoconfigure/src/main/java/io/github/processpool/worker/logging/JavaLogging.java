package io.github.processpool.worker.logging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Routes {@code java.util.logging} to SLF4J or Log4j, as Spring Boot does where it sets
 * logging up, if the bridge for that is there.
 */
final class JavaLogging {

	private static final String HANDLER = "org.slf4j.bridge.SLF4JBridgeHandler";

	private static final String LOG4J_HANDLER = "org.apache.logging.log4j.jul.Log4jBridgeHandler";

	private static final String CONFIG_CLASS = "java.util.logging.config.class";

	/** Whoever sets one of these configures it otherwise. */
	private static final List<String> CONFIGURED = List.of(CONFIG_CLASS, "java.util.logging.config.file",
			"java.util.logging.manager");

	private JavaLogging() {
	}

	/**
	 * Has what is logged by {@code java.util.logging} go to SLF4J, which it so wakes,
	 * without loading any of both before.
	 * @return {@code false} if that is not possible
	 */
	static boolean wakeOnFirstUse() {
		ClassLoader classes = JavaLogging.class.getClassLoader();
		boolean configured = CONFIGURED.stream().anyMatch((name) -> System.getProperty(name) != null);
		if (configured || classes != ClassLoader.getSystemClassLoader()) {
			return false;
		}
		System.setProperty(CONFIG_CLASS, WakingConfiguration.class.getName());
		return true;
	}

	static void route() {
		try {
			Class<?> handler = Class.forName(HANDLER);
			if (Boolean.TRUE.equals(call(handler, "isInstalled"))) {
				// Nor may it be missing for a moment: others may log
				return;
			}
			call(handler, "removeHandlersForRootLogger");
			call(handler, "install");
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			// It logs to the console as it would anywhere
		}
	}

	static void routeToLog4j() {
		try {
			Class.forName(LOG4J_HANDLER)
				.getMethod("install", boolean.class, String.class, boolean.class)
				.invoke(null, true, null, true);
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			route();
		}
	}

	private static @Nullable Object call(Class<?> type, String name) throws ReflectiveOperationException {
		return type.getMethod(name).invoke(null);
	}

	/**
	 * What {@code java.util.logging} reads in place of its configuration file when it is
	 * first used: levels as they are now, and a handler that wakes Logback, which says
	 * more.
	 */
	public static final class WakingConfiguration {

		/** Others need escapes, and are the names of no classes. */
		private static final Pattern NAME = Pattern.compile("[\\w.$-]+");

		/**
		 * Configures it.
		 * @throws IOException if its own configuration file cannot be read, which it is
		 * if the handler is not there
		 */
		public WakingConfiguration() throws IOException {
			System.clearProperty(CONFIG_CLASS);
			LogManager manager = LogManager.getLogManager();
			LogbackBridge bridge = LogbackBridge.started();
			if (bridge != null && isPresent()) {
				manager.readConfiguration(new ByteArrayInputStream(content(bridge.javaLoggingStarts())));
			}
			else {
				manager.readConfiguration();
			}
		}

		private static boolean isPresent() {
			try {
				Class.forName(HANDLER, false, JavaLogging.class.getClassLoader());
				return true;
			}
			catch (ClassNotFoundException | LinkageError ex) {
				return false;
			}
		}

		private static byte[] content(Map<String, String> levels) {
			StringBuilder content = new StringBuilder("handlers=").append(HANDLER).append('\n');
			levels.forEach((name, level) -> {
				if (NAME.matcher(name).matches()) {
					String prefix = name.equals(Logger.ROOT_LOGGER_NAME) ? "" : name;
					content.append(prefix).append(".level=").append(level(level)).append('\n');
				}
			});
			return content.toString().getBytes(StandardCharsets.ISO_8859_1);
		}

		private static String level(String level) {
			return switch (level) {
				case "ALL", "TRACE" -> "ALL";
				case "DEBUG" -> "FINE";
				case "WARN" -> "WARNING";
				case "ERROR" -> "SEVERE";
				case "OFF" -> "OFF";
				default -> "INFO";
			};
		}

	}

}
