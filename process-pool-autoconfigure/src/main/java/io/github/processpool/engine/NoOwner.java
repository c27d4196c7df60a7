package io.github.processpool.engine;

import java.util.concurrent.Executor;

import io.github.processpool.TaskEvent.Outcome;

/**
 * Cares for tasks that no pool has taken.
 */
enum NoOwner implements PendingTask.Owner {

	/** The only one. */
	INSTANCE;

	@Override
	public Executor executor() {
		return Runnable::run;
	}

	@Override
	public SubmitSite submitSite() {
		return new SubmitSite();
	}

	@Override
	public void claimed(PendingTask<?> task) {
	}

	@Override
	public void abandoned(PendingTask<?> task, boolean stop) {
	}

	@Override
	public boolean isHeard() {
		return false;
	}

	@Override
	public void finished(PendingTask<?> task, Outcome outcome) {
	}

}
