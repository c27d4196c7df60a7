package io.github.processpool.worker;

import io.github.processpool.ProcessPoolException;

/**
 * Notices that this JVM is told to exit while it sets up what tasks run in, as by the
 * {@code main} method of an application: the parent would know nothing but an exit code.
 */
final class ExitWatch implements AutoCloseable {

	private final Thread starter;

	private final Thread hook;

	private ExitWatch(Thread starter, Report report) {
		this.starter = starter;
		this.hook = new Thread(() -> report.exiting(failure()), "processpool-exit-watch");
	}

	/**
	 * Begins to watch the present thread.
	 * @param report is told of the exit, before the JVM ends
	 * @return to be closed when the set-up has ended
	 */
	static ExitWatch begin(Report report) {
		ExitWatch watch = new ExitWatch(Thread.currentThread(), report);
		Runtime.getRuntime().addShutdownHook(watch.hook);
		return watch;
	}

	private ProcessPoolException failure() {
		StackTraceElement[] stack = this.starter.getStackTrace();
		String culprit = "something";
		for (int i = 0; i < stack.length - 1; i++) {
			boolean exit = stack[i].getMethodName().equals("exit");
			if (exit && stack[i].getClassName().equals("java.lang.System")) {
				culprit = stack[i + 1].getClassName() + "." + stack[i + 1].getMethodName() + " ("
						+ stack[i + 1].getFileName() + ":" + stack[i + 1].getLineNumber() + ")";
			}
		}
		ProcessPoolException failure = new ProcessPoolException(culprit
				+ " called System.exit before the context of the worker was there. A worker runs main up to the context:"
				+ " let main skip that where io.github.processpool.ProcessWorker.isActive()");
		failure.setStackTrace(stack);
		return failure;
	}

	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// The exit has begun, and the hook tells of it
		}
	}

	/**
	 * Tells the parent.
	 */
	@FunctionalInterface
	interface Report {

		void exiting(ProcessPoolException failure);

	}

}
