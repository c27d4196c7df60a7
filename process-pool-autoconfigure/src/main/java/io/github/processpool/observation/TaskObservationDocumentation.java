package io.github.processpool.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of tasks. They make spans; the meters of tasks are timers of their
 * own, so observations make none.
 *
 * @since 0.1.0
 */
public enum TaskObservationDocumentation implements ObservationDocumentation {

	/**
	 * A task from its submission to its outcome, in the application.
	 */
	TASK {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultTaskObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinality.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinality.values();
		}

	},

	/**
	 * The execution of a task, in its worker.
	 */
	TASK_EXECUTION {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultTaskExecutionConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinality.POOL, LowCardinality.CLASS, LowCardinality.METHOD };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinality.PID };
		}

	};

	/**
	 * Tags with few values.
	 */
	public enum LowCardinality implements KeyName {

		/** Name of the pool. */
		POOL {
			@Override
			public String asString() {
				return "pool";
			}
		},

		/** Simple name of the class whose method was deferred, or of the task. */
		CLASS {
			@Override
			public String asString() {
				return "class";
			}
		},

		/** Name of the deferred method, or {@code call}. */
		METHOD {
			@Override
			public String asString() {
				return "method";
			}
		},

		/** What became of the task, as in {@code success} or {@code crashed}. */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		}

	}

	/**
	 * Tags with any number of values: for spans only.
	 */
	public enum HighCardinality implements KeyName {

		/** Number of the worker in its pool. */
		WORKER {
			@Override
			public String asString() {
				return "processpool.worker";
			}
		},

		/** Process id of the worker. */
		PID {
			@Override
			public String asString() {
				return "process.pid";
			}
		},

		/** How many times the task was started. */
		ATTEMPTS {
			@Override
			public String asString() {
				return "processpool.attempts";
			}
		}

	}

}
