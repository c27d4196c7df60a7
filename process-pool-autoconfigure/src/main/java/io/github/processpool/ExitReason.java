package io.github.processpool;

/**
 * Why a worker ended.
 *
 * @since 0.1.0
 */
public enum ExitReason {

	/**
	 * Was idle for longer than {@code keep-alive} and not needed for {@code core-size}.
	 */
	IDLE(true),

	/** The pool became smaller. */
	RESIZED(true),

	/** Had run {@code max-tasks-per-worker} tasks. */
	RETIRED_TASKS(true),

	/** Was older than {@code max-lifetime}. */
	RETIRED_AGE(true),

	/** Held more memory than {@code max-memory}. */
	RETIRED_MEMORY(true),

	/** Somebody asked for it with {@link ProcessPool#retire}. */
	RETIRED_REQUEST(true),

	/**
	 * Still used more of its heap than {@code max-retained-heap} after a garbage
	 * collection.
	 */
	RETIRED_HEAP(true),

	/** Its task was cancelled and did not end within {@code cancel-grace}. */
	CANCELLED(true),

	/** Its task ran into its timeout and did not end within {@code cancel-grace}. */
	TIMED_OUT(true),

	/** The pool was stopped. */
	SHUTDOWN(true),

	/** Ended by itself or by somebody else. */
	CRASHED(false),

	/** Ran out of memory. */
	OUT_OF_MEMORY(false),

	/** Sent something that is no valid message. */
	PROTOCOL_ERROR(false),

	/** Stopped answering. */
	UNRESPONSIVE(false),

	/** Did not become ready for tasks. */
	START_FAILED(false);

	private final boolean planned;

	ExitReason(boolean planned) {
		this.planned = planned;
	}

	/**
	 * Whether the pool meant the worker to end.
	 * @return {@code false} if the worker was lost, be it that the pool had to kill it
	 */
	public boolean isPlanned() {
		return this.planned;
	}

}
