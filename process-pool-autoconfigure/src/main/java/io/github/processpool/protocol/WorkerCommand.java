package io.github.processpool.protocol;

/**
 * What the parent puts on the command line of a worker: the main class, then the path of
 * the socket and the path of the ledger, and {@link #TRAINING} for a process that takes
 * no tasks. The token comes as the first line of the standard input, which stays open as
 * long as the parent lives.
 */
public final class WorkerCommand {

	/** Name of the main class; the parent never loads it. */
	public static final String MAIN_CLASS = "io.github.processpool.worker.WorkerMain";

	/** Name of the runtime without any context; the parent never loads it. */
	public static final String PLAIN_RUNTIME = "io.github.processpool.worker.PlainRuntime";

	/** Third argument of a process that ends as soon as it is ready. */
	public static final String TRAINING = "training";

	private WorkerCommand() {
	}

}
