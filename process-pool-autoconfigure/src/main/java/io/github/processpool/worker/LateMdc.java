package io.github.processpool.worker;

import java.util.Map;

import io.github.processpool.ContextPropagator;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the mapped diagnostic context alone as long as there can be nothing in it: to
 * clear it would load the logging system.
 */
final class LateMdc implements ContextPropagator {

	private final ContextPropagator mdc;

	private final WorkerLog log;

	/** Confined to the task thread. */
	private boolean skipped;

	LateMdc(ContextPropagator mdc, WorkerLog log) {
		this.mdc = mdc;
		this.log = log;
	}

	@Override
	public String name() {
		return this.mdc.name();
	}

	@Override
	public @Nullable Map<String, ?> capture() {
		return this.log.isAsleep() ? null : this.mdc.capture();
	}

	@Override
	public Scope restore(Map<String, Object> values, String task) {
		boolean used = !values.isEmpty() || !this.log.isAsleep();
		if (used && this.skipped) {
			// It may have been waking when a task before ended
			this.mdc.restore(Map.of(), task).close();
			this.skipped = false;
		}
		return used ? this.mdc.restore(values, task) : () -> end(task);
	}

	private void end(String task) {
		this.skipped = this.log.isAsleep();
		if (!this.skipped) {
			this.mdc.restore(Map.of(), task).close();
		}
	}

}
