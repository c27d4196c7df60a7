package io.github.processpool.observation;

import java.util.Locale;

import io.github.processpool.TaskEvent;
import io.github.processpool.observation.TaskObservationDocumentation.HighCardinality;
import io.github.processpool.observation.TaskObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValues;

/**
 * Names and tags unless the application has others.
 *
 * @since 0.1.0
 */
public class DefaultTaskObservationConvention implements TaskObservationConvention {

	static final String NAME = "processpool.task";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(TaskObservationContext context) {
		return "defer " + context.getClassName() + "." + context.getMethodName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(TaskObservationContext context) {
		TaskEvent event = context.getEvent();
		String outcome = (event != null) ? event.outcome().name().toLowerCase(Locale.ROOT) : "none";
		// In the order of their names: sorting them takes longer than making them
		return KeyValues.of(LowCardinality.CLASS.withValue(context.getClassName()),
				LowCardinality.METHOD.withValue(context.getMethodName()), LowCardinality.OUTCOME.withValue(outcome),
				LowCardinality.POOL.withValue(context.getPool()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(TaskObservationContext context) {
		TaskEvent event = context.getEvent();
		if (event == null || context.getPid() < 0) {
			return KeyValues.empty();
		}
		return KeyValues.of(HighCardinality.PID.withValue(String.valueOf(context.getPid())),
				HighCardinality.ATTEMPTS.withValue(String.valueOf(event.attempts())),
				HighCardinality.WORKER.withValue(String.valueOf(event.workerId())));
	}

}
