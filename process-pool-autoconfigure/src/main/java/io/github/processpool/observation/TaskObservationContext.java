package io.github.processpool.observation;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.processpool.TaskEvent;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task while it is observed in the application. The carrier takes the
 * trace context to the worker.
 *
 * @since 0.1.0
 */
public class TaskObservationContext extends SenderContext<Map<String, String>> {

	private final String pool;

	private final String className;

	private final String methodName;

	private volatile @Nullable TaskEvent event;

	private volatile long pid = -1;

	/**
	 * Creates a context of a task that is being submitted.
	 * @param pool name of the pool
	 * @param className simple name of the class whose method was deferred, or of the task
	 * @param methodName name of the deferred method, or {@code call}
	 */
	public TaskObservationContext(String pool, String className, String methodName) {
		super((carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.CLIENT);
		this.pool = pool;
		this.className = className;
		this.methodName = methodName;
		setCarrier(new HashMap<>());
	}

	public String getPool() {
		return this.pool;
	}

	public String getClassName() {
		return this.className;
	}

	public String getMethodName() {
		return this.methodName;
	}

	/**
	 * The outcome.
	 * @return the outcome, or {@code null} as long as there is none
	 */
	public @Nullable TaskEvent getEvent() {
		return this.event;
	}

	/**
	 * Process id of the worker.
	 * @return the pid, or -1 if there was no worker or it is not known yet
	 */
	public long getPid() {
		return this.pid;
	}

	void finished(TaskEvent outcome, long workerPid) {
		this.event = outcome;
		this.pid = workerPid;
	}

}
