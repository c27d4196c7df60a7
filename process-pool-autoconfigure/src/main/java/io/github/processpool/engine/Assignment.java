package io.github.processpool.engine;

/**
 * A dispatch of a task to a worker.
 *
 * @param task the task
 * @param worker the worker
 * @param id number of the dispatch, which grows from one to the next
 * @param nanos when it happened
 */
record Assignment(PendingTask<?> task, Worker worker, long id, long nanos) {

	/**
	 * Sends what was dispatched to the worker so far. One that is dead by now loses
	 * nothing: the task has not started.
	 */
	void send() {
		this.worker.connection().flush();
	}

}
