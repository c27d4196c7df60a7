package io.github.processpool.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags of the observation of a task in its worker. A bean of this type takes
 * the place of {@link DefaultTaskExecutionConvention}.
 *
 * @since 0.1.0
 */
public interface TaskExecutionConvention extends ObservationConvention<TaskExecutionContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof TaskExecutionContext;
	}

}
