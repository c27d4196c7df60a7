package io.github.processpool.autoconfigure;

import io.github.processpool.engine.PoolDefaults;
import io.github.processpool.engine.WorkerLogs;
import io.github.processpool.logging.Log4jLogs;
import io.github.processpool.logging.LogbackLogs;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Chooses what becomes of what workers log.
 */
final class WorkerLogsFactory {

	private static final boolean LOGBACK_PRESENT = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
			WorkerLogsFactory.class.getClassLoader());

	private static final boolean LOG4J_PRESENT = ClassUtils.isPresent("org.apache.logging.log4j.core.LoggerContext",
			WorkerLogsFactory.class.getClassLoader());

	private WorkerLogsFactory() {
	}

	static @Nullable WorkerLogs create(PoolSettings settings) {
		boolean forward = settings.get("logging.forward", (pool) -> pool.getLogging().getForward()).or(true);
		WorkerLogs logs = (forward && LOGBACK_PRESENT) ? LogbackLogs.find() : null;
		return (forward && logs == null && LOG4J_PRESENT) ? Log4jLogs.find() : logs;
	}

	static int rate(PoolSettings settings) {
		return settings.get("logging.rate-limit", (pool) -> pool.getLogging().getRateLimit())
			.require(PoolDefaults.LOG_RATE, (rate) -> rate >= 0, "at least 0, where 0 means no limit");
	}

}
