package io.github.processpool;

/**
 * State of a worker. <pre>
 * STARTING -> IDLE &lt;-> BUSY
 *    |         |        |
 *    |         +--> RETIRING &lt;--+
 *    +-------------> TERMINATED (from every state)
 * </pre>
 *
 * @since 0.1.0
 */
public enum WorkerState {

	/** The process was launched and is not ready for tasks yet. */
	STARTING,

	/** Waits for a task. */
	IDLE,

	/** Runs a task. */
	BUSY,

	/** Gets no further task, closes its context and ends. */
	RETIRING,

	/** Its process is gone. */
	TERMINATED

}
