package io.github.processpool.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;

/**
 * Tells of changes of levels, however they come about.
 */
final class LevelListener implements LoggerContextListener {

	private final Runnable listener;

	LevelListener(Runnable listener) {
		this.listener = listener;
	}

	@Override
	public boolean isResetResistant() {
		return true;
	}

	@Override
	public void onStart(LoggerContext context) {
		this.listener.run();
	}

	@Override
	public void onReset(LoggerContext context) {
		this.listener.run();
	}

	@Override
	public void onStop(LoggerContext context) {
	}

	@Override
	public void onLevelChange(Logger logger, Level level) {
		this.listener.run();
	}

}
