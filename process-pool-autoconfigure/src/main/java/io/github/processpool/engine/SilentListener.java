package io.github.processpool.engine;

import io.github.processpool.PoolListener;

/**
 * Hears nothing.
 */
enum SilentListener implements PoolListener {

	/** The only one. */
	INSTANCE;

	@Override
	public boolean hearsTasks() {
		return false;
	}

}
