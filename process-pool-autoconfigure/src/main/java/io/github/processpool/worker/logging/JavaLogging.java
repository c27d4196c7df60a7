package io.github.processpool.worker.logging;

import java.lang.reflect.Method;

/**
 * Routes {@code java.util.logging} to SLF4J or Log4j, as Spring Boot does where it sets
 * logging up, if the bridge for that is there.
 */
final class JavaLogging {

	private static final String HANDLER = "org.slf4j.bridge.SLF4JBridgeHandler";

	private static final String LOG4J_HANDLER = "org.apache.logging.log4j.jul.Log4jBridgeHandler";

	private JavaLogging() {
	}

	static void route() {
		try {
			Class<?> handler = Class.forName(HANDLER);
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

	private static void call(Class<?> type, String name) throws ReflectiveOperationException {
		Method method = type.getMethod(name);
		method.invoke(null);
	}

}
