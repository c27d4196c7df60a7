package io.github.processpool.worker.logging;

import java.util.Map;

import ch.qos.logback.classic.LoggerContext;
import io.github.processpool.worker.LogBridge;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Takes Logback over, as soon as it is told to or once something wants to log. Neither
 * its own configuration nor Spring Boot's is read in such a worker: appenders, files and
 * formats are the parent's.
 */
public final class LogbackBridge implements LogBridge {

	private static final String LOGGING_SYSTEM = "org.springframework.boot.logging.LoggingSystem";

	/** Names the logging system that SLF4J is bound to. */
	private static final String PROVIDER = "slf4j.provider";

	/** The one of this worker, from its start on. */
	private static volatile @Nullable LogbackBridge started;

	/** Whether anybody has looked for it yet. Written before that is read. */
	private static volatile boolean wanted;

	// Written by one thread at a time, which holds the lock of this. Others must not wait
	// for it: to take Logback over needs locks that they may hold.

	private volatile @Nullable Output output;

	private volatile @Nullable LogbackTakeover takeover;

	private volatile Map<String, String> levels = Map.of();

	/** Levels that {@code java.util.logging} was configured with, once it is used. */
	private volatile @Nullable Map<String, String> javaLevels;

	/**
	 * The bridge of this worker, for Logback that is about to be used.
	 */
	static @Nullable LogbackBridge started() {
		wanted = true;
		return started;
	}

	@Override
	public void start(Output output) {
		prepare(output);
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (!(factory instanceof LoggerContext context)) {
			throw new IllegalStateException("SLF4J is bound to " + factory.getClass().getName() + ", not to Logback");
		}
		// What initialised it before, as an agent may have, read its configuration
		takeOver(context);
	}

	@Override
	public void startOnFirstUse(Output output) {
		boolean wakes = System.getProperty(PROVIDER) == null && JavaLogging.wakeOnFirstUse();
		prepare(output);
		if (!wakes || wanted) {
			start(output);
		}
	}

	private void prepare(Output output) {
		this.output = output;
		System.setProperty(LOGGING_SYSTEM, "none");
		started = this;
	}

	@Override
	public boolean isAsleep() {
		return this.takeover == null;
	}

	/**
	 * Takes Logback over if nobody has.
	 * @param context that of SLF4J
	 */
	synchronized void takeOver(LoggerContext context) {
		Output target = this.output;
		if (this.takeover == null && target != null) {
			LogbackTakeover taken = LogbackTakeover.of(context, target, this.javaLevels == null);
			if (this.javaLevels != null) {
				// It forgets only levels that it has heard of
				taken.levels(this.javaLevels);
			}
			taken.levels(this.levels);
			this.takeover = taken;
		}
	}

	/**
	 * {@code java.util.logging} is used, though Logback may not be: of levels that change
	 * from here on it hears through Logback.
	 * @return levels of loggers at present
	 */
	Map<String, String> javaLoggingStarts() {
		// Known to be used before the levels are read, so that none are missed
		this.javaLevels = Map.of();
		Map<String, String> present = this.levels;
		this.javaLevels = present;
		return present;
	}

	@Override
	public void levels(Map<String, String> levels) {
		if (setLevels(levels)) {
			// Logback brings them to java.util.logging
			LoggerFactory.getILoggerFactory();
		}
	}

	/**
	 * Sets levels.
	 * @return whether Logback has to wake for them
	 */
	private synchronized boolean setLevels(Map<String, String> levels) {
		boolean same = this.levels.equals(levels);
		this.levels = levels;
		LogbackTakeover taken = this.takeover;
		if (taken != null) {
			taken.levels(levels);
		}
		return taken == null && this.javaLevels != null && !same;
	}

}
