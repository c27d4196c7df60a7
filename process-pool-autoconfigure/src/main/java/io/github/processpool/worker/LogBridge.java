package io.github.processpool.worker;

import java.util.Map;

import io.github.processpool.protocol.LogRecord;

/**
 * Takes the place of the appenders of this worker's logging system. Has a public
 * constructor without parameters.
 */
public interface LogBridge {

	/**
	 * Takes the logging system over, before anything has logged.
	 * @param output where events go
	 * @throws IllegalStateException if the logging system here is another one
	 */
	void start(Output output);

	/**
	 * Takes the logging system over before anything has logged, but not before it is
	 * used, if there is a way to do that: to load it takes a tenth of a second.
	 * @param output where events go
	 * @throws IllegalStateException if the logging system here is another one
	 */
	default void startOnFirstUse(Output output) {
		start(output);
	}

	/**
	 * Whether the logging system waits for its first use, which may be under way.
	 */
	default boolean isAsleep() {
		return false;
	}

	/**
	 * Sets the levels of all loggers, now or when it wakes.
	 * @param levels levels by name of the logger, for those that have one of their own
	 */
	void levels(Map<String, String> levels);

	/**
	 * Where events go. Safe for use by many threads, also by those that are interrupted.
	 */
	interface Output {

		/**
		 * Asks to send an event, before anything is spent on it.
		 * @return {@code false} if it is to be dropped
		 */
		boolean admits();

		/**
		 * Sends an event. When this returns, the kernel has it.
		 * @param event the event, without the task
		 */
		void send(LogRecord event);

	}

}
