package io.github.processpool.observation;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

import org.springframework.core.Ordered;

/**
 * Keeps observations of tasks from making meters: tasks have timers already, of the same
 * name. Of the handlers that make meters, only the first that supports a context acts.
 *
 * @since 0.1.0
 */
public final class NoTaskMeters implements MeterObservationHandler<Observation.Context>, Ordered {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof TaskObservationContext || context instanceof TaskExecutionContext
				|| context instanceof TracingAlone.Probe;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
