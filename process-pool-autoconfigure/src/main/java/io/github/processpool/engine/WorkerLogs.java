package io.github.processpool.engine;

import java.util.Map;

import io.github.processpool.protocol.LogRecord;

/**
 * The logging system of this JVM, which takes what workers log and tells them what it
 * wants. Safe for use by many threads.
 */
public interface WorkerLogs {

	/**
	 * What takes the place of a worker's appenders.
	 * @return class name of a {@code LogBridge}
	 */
	String bridge();

	/**
	 * Levels of loggers at present.
	 * @return levels by name of the logger, for those that have one of their own
	 */
	Map<String, String> levels();

	/**
	 * Has changes of levels told.
	 * @param listener is called after each, by whoever changes it; must not wait
	 * @return ends it
	 */
	Runnable onLevelChange(Runnable listener);

	/**
	 * Logs what a worker has logged, if the levels here allow it.
	 * @param event the event
	 * @param tags what tells the worker and its task, for the MDC of the event
	 */
	void publish(LogRecord event, Map<String, String> tags);

}
