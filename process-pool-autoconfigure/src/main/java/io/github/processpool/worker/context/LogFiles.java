package io.github.processpool.worker.context;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Takes appenders to files out of the application's own Logback configuration: two JVMs
 * must not roll one file. What a worker logs goes to the parent over its output.
 */
final class LogFiles {

	private static final String CONTEXT = "ch.qos.logback.classic.LoggerContext";

	private static final String FILE_APPENDER = "ch.qos.logback.core.FileAppender";

	private LogFiles() {
	}

	static void detach() {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (factory.getClass().getName().equals(CONTEXT) && call(factory, "getLoggerList") instanceof List<?> loggers) {
			loggers.forEach(LogFiles::detachFrom);
		}
	}

	private static void detachFrom(Object owner) {
		if (!(call(owner, "iteratorForAppenders") instanceof Iterator<?> iterator)) {
			return;
		}
		List<Object> appenders = new ArrayList<>();
		iterator.forEachRemaining(appenders::add);
		for (Object appender : appenders) {
			if (isFileAppender(appender.getClass())) {
				detach(owner, appender);
			}
			else {
				// An asynchronous appender has others behind it
				detachFrom(appender);
			}
		}
	}

	private static void detach(Object owner, Object appender) {
		for (Method method : owner.getClass().getMethods()) {
			if (method.getName().equals("detachAppender") && method.getParameterTypes()[0].isInstance(appender)
					&& method.getParameterTypes()[0] != String.class) {
				ReflectionUtils.invokeMethod(method, owner, appender);
			}
		}
		call(appender, "stop");
	}

	private static boolean isFileAppender(@Nullable Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (current.getName().equals(FILE_APPENDER)) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Object call(Object target, String name) {
		Method method = ReflectionUtils.findMethod(target.getClass(), name);
		return (method != null) ? ReflectionUtils.invokeMethod(method, target) : null;
	}

}
