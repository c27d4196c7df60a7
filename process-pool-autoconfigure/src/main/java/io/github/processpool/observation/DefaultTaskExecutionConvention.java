package io.github.processpool.observation;

import io.github.processpool.observation.TaskObservationDocumentation.HighCardinality;
import io.github.processpool.observation.TaskObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValues;

/**
 * Names and tags unless the application has others.
 *
 * @since 0.1.0
 */
public class DefaultTaskExecutionConvention implements TaskExecutionConvention {

	static final String NAME = "processpool.task.execution";

	private static final String PID = String.valueOf(ProcessHandle.current().pid());

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(TaskExecutionContext context) {
		return "run " + context.getTask();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(TaskExecutionContext context) {
		String task = context.getTask();
		int dot = task.lastIndexOf('.');
		// In the order of their names: sorting them takes longer than making them
		return KeyValues.of(LowCardinality.CLASS.withValue((dot > 0) ? task.substring(0, dot) : task),
				LowCardinality.METHOD.withValue((dot > 0) ? task.substring(dot + 1) : "call"),
				LowCardinality.POOL.withValue(context.getPool()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(TaskExecutionContext context) {
		return KeyValues.of(HighCardinality.PID.withValue(PID));
	}

}
