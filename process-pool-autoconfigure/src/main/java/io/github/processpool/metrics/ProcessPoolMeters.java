package io.github.processpool.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters, with the names and tags that they have unless a
 * {@link ProcessPoolMeterConvention} changes them.
 *
 * @since 0.1.0
 */
public enum ProcessPoolMeters implements MeterDocumentation {

	/** Number of workers in a state. */
	WORKERS("processpool.workers", "Number of workers in a state", Meter.Type.GAUGE, null, Keys.POOL, Keys.STATE),

	/** Time of workers from launch to ready. */
	WORKER_STARTUP("processpool.worker.startup", "Time of workers from launch to ready", Meter.Type.TIMER, null,
			Keys.POOL),

	/** Number of workers that ended. */
	WORKERS_TERMINATED("processpool.workers.terminated", "Number of workers that ended", Meter.Type.COUNTER, null,
			Keys.POOL, Keys.REASON),

	/** Heap that the workers use, garbage included. */
	WORKER_HEAP("processpool.worker.heap", "Heap that the workers use, garbage included", Meter.Type.GAUGE, "bytes",
			Keys.POOL),

	/** Resident size of the workers' processes. */
	WORKER_MEMORY("processpool.worker.memory", "Resident size of the workers' processes", Meter.Type.GAUGE, "bytes",
			Keys.POOL),

	/** CPU time of all workers so far, those included that have ended. */
	WORKER_CPU("processpool.worker.cpu", "CPU time of all workers so far, those included that have ended",
			Meter.Type.COUNTER, "seconds", Keys.POOL),

	/** Time of all workers' garbage collections so far, as for the CPU time. */
	WORKER_GC("processpool.worker.gc", "Time of all workers' garbage collections so far, as for the CPU time",
			Meter.Type.COUNTER, "seconds", Keys.POOL),

	/** Number of tasks that wait for a worker. */
	TASKS_QUEUED("processpool.tasks.queued", "Number of tasks that wait for a worker", Meter.Type.GAUGE, null,
			Keys.POOL),

	/** Size of the encoded arguments of tasks that wait for a worker. */
	TASKS_QUEUED_BYTES("processpool.tasks.queued.bytes",
			"Size of the encoded arguments of tasks that wait for a worker", Meter.Type.GAUGE, "bytes", Keys.POOL),

	/** Time of tasks from submission to outcome. */
	TASK("processpool.task", "Time of tasks from submission to outcome", Meter.Type.TIMER, null, Keys.POOL, Keys.CLASS,
			Keys.METHOD, Keys.OUTCOME),

	/** Time of tasks from dispatch to outcome. */
	TASK_EXECUTION("processpool.task.execution", "Time of tasks from dispatch to outcome", Meter.Type.TIMER, null,
			Keys.POOL, Keys.CLASS, Keys.METHOD, Keys.OUTCOME),

	/** Time of tasks from submission to dispatch. */
	TASK_WAIT("processpool.task.wait", "Time of tasks from submission to dispatch", Meter.Type.TIMER, null, Keys.POOL),

	/** Time it took to encode the arguments of tasks. */
	TASK_ENCODE("processpool.task.encode", "Time it took to encode the arguments of tasks", Meter.Type.TIMER, null,
			Keys.POOL, Keys.CLASS, Keys.METHOD),

	/** Time it took to decode the results of tasks. */
	TASK_DECODE("processpool.task.decode", "Time it took to decode the results of tasks", Meter.Type.TIMER, null,
			Keys.POOL, Keys.CLASS, Keys.METHOD),

	/** Number of times that tasks were started again because their worker died. */
	TASK_RETRIES("processpool.task.retries", "Number of times that tasks were started again because their worker died",
			Meter.Type.COUNTER, null, Keys.POOL),

	/** Bytes of encoded arguments sent to workers, counted when their task has ended. */
	BYTES_SENT("processpool.bytes.sent",
			"Bytes of encoded arguments sent to workers, counted when their task has ended", Meter.Type.COUNTER, null,
			Keys.POOL),

	/** Bytes of encoded results received from workers. */
	BYTES_RECEIVED("processpool.bytes.received", "Bytes of encoded results received from workers", Meter.Type.COUNTER,
			null, Keys.POOL);

	private final String name;

	private final String description;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final KeyName[] keys;

	ProcessPoolMeters(String name, String description, Meter.Type type, @Nullable String baseUnit, KeyName... keys) {
		this.name = name;
		this.description = description;
		this.type = type;
		this.baseUnit = baseUnit;
		this.keys = keys;
	}

	@Override
	public String getName() {
		return this.name;
	}

	/**
	 * What it measures, in one line.
	 * @return the description that registries show
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keys.clone();
	}

	/**
	 * The keys of tags. The values of all are few, and none names a process.
	 */
	public enum Keys implements KeyName {

		/** Name of the pool. */
		POOL("pool"),

		/** State of a worker, such as {@code idle}. */
		STATE("state"),

		/** Why a worker ended, such as {@code retired-age}. */
		REASON("reason"),

		/** Simple name of the class of a deferred method, or of a task. */
		CLASS("class"),

		/**
		 * Name of a deferred method, {@code call} for a task, {@code lambda} for a task
		 * that is one.
		 */
		METHOD("method"),

		/** What became of a task, such as {@code success}. */
		OUTCOME("outcome");

		private final String key;

		Keys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
