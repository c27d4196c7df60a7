package io.github.processpool.observation;

import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

/**
 * What is known of a task while it is observed in its worker. The carrier has brought the
 * trace context of the application.
 *
 * @since 0.1.0
 */
public class TaskExecutionContext extends ReceiverContext<Map<String, String>> {

	private final String pool;

	private final String task;

	/**
	 * Creates a context of a task that is about to run.
	 * @param pool name of the pool
	 * @param task what the task is called, usually class and method
	 * @param carrier trace context of the application
	 */
	public TaskExecutionContext(String pool, String task, Map<String, String> carrier) {
		super((map, key) -> map.get(key), Kind.SERVER);
		this.pool = pool;
		this.task = task;
		setCarrier(carrier);
	}

	public String getPool() {
		return this.pool;
	}

	public String getTask() {
		return this.task;
	}

}
