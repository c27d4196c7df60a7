package io.github.processpool.metrics;

import java.util.Locale;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerState;
import io.github.processpool.metrics.ProcessPoolMeters.Keys;
import io.micrometer.core.instrument.Tags;

/**
 * Names and tags of the meters. The methods do as {@link ProcessPoolMeters} says; a bean
 * of this type overrides what it wants to be otherwise. Each is asked once for the same
 * arguments at the most, not for each task, so the answers must not depend on anything
 * else. All tags of one meter need the same keys.
 *
 * @since 0.1.0
 */
public interface ProcessPoolMeterConvention {

	/**
	 * Name of a meter.
	 * @param meter the meter
	 * @return its name
	 */
	default String getName(ProcessPoolMeters meter) {
		return meter.getName();
	}

	/**
	 * Tags of meters that tell of a whole pool. All other tags begin with them.
	 * @param pool name of the pool
	 * @return the tags
	 */
	default Tags getPoolTags(String pool) {
		return Tags.of(Keys.POOL.asString(), pool);
	}

	/**
	 * Tags of {@link ProcessPoolMeters#WORKERS}.
	 * @param pool name of the pool
	 * @param state state of the workers that are counted
	 * @return the tags
	 */
	default Tags getWorkerTags(String pool, WorkerState state) {
		return getPoolTags(pool).and(Keys.STATE.asString(), value(state));
	}

	/**
	 * Tags of {@link ProcessPoolMeters#WORKERS_TERMINATED}.
	 * @param pool name of the pool
	 * @param reason why they ended
	 * @return the tags
	 */
	default Tags getExitTags(String pool, ExitReason reason) {
		return getPoolTags(pool).and(Keys.REASON.asString(), value(reason));
	}

	/**
	 * Tags of meters that tell of a kind of task, whatever became of it.
	 * @param pool name of the pool
	 * @param className simple name of the class of the deferred method, or of the task
	 * @param methodName name of the deferred method, or {@code call}
	 * @return the tags
	 */
	default Tags getTaskTags(String pool, String className, String methodName) {
		return getPoolTags(pool).and(Keys.CLASS.asString(), className, Keys.METHOD.asString(), methodName);
	}

	/**
	 * Tags of meters that tell of tasks of a kind with the same outcome.
	 * @param pool name of the pool
	 * @param className simple name of the class of the deferred method, or of the task
	 * @param methodName name of the deferred method, or {@code call}
	 * @param outcome what became of them
	 * @return the tags
	 */
	default Tags getOutcomeTags(String pool, String className, String methodName, Outcome outcome) {
		return getTaskTags(pool, className, methodName).and(Keys.OUTCOME.asString(), value(outcome));
	}

	private static String value(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
