package io.github.processpool.health;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.WorkerState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while a pool has no worker and cannot start one, so that its tasks fail; up
 * otherwise, also when no worker was needed yet. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class ProcessPoolHealthIndicator extends AbstractHealthIndicator {

	private final ProcessPools pools;

	/**
	 * Creates an indicator.
	 * @param pools the pools
	 */
	public ProcessPoolHealthIndicator(ProcessPools pools) {
		super("Health of the process pools cannot be determined");
		this.pools = pools;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (ProcessPool pool : this.pools) {
			PoolSnapshot snapshot = pool.snapshot();
			Throwable failure = snapshot.startFailure();
			if (failure != null && snapshot.workers(WorkerState.IDLE) + snapshot.workers(WorkerState.BUSY) == 0) {
				builder.down();
			}
			builder.withDetail(pool.getName(), details(snapshot, failure));
		}
	}

	private static Map<String, Object> details(PoolSnapshot snapshot, @Nullable Throwable failure) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("maxSize", snapshot.maxSize());
		for (WorkerState state : WorkerState.values()) {
			if (state != WorkerState.TERMINATED) {
				details.put(state.name().toLowerCase(Locale.ROOT), snapshot.workers(state));
			}
		}
		details.put("queued", snapshot.queuedTasks());
		if (failure != null) {
			details.put("startFailure", String.valueOf(failure.getMessage()));
		}
		return details;
	}

}
