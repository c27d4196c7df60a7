package io.github.processpool.worker.context;

import org.springframework.context.LifecycleProcessor;

/**
 * Starts nothing: message listeners, servers and schedulers belong to the parent.
 */
final class DormantLifecycleProcessor implements LifecycleProcessor {

	@Override
	public void start() {
	}

	@Override
	public void stop() {
	}

	@Override
	public boolean isRunning() {
		return false;
	}

}
