package io.github.processpool.engine;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The execution of a task on a thread of this JVM. Nobody interrupts the thread before
 * the task begins or after it has ended.
 */
final class InlineExecution {

	private static final ThreadLocal<Boolean> TASK_THREAD = ThreadLocal.withInitial(() -> false);

	// Guarded by this

	private @Nullable Thread thread;

	private boolean abandoned;

	/**
	 * Whether the present thread runs a task.
	 */
	static boolean isTaskThread() {
		return TASK_THREAD.get();
	}

	/**
	 * Runs a task on this thread.
	 * @return its result, or {@code null} if nobody wants it any more
	 */
	<R> @Nullable R run(Callable<R> task) {
		if (!begin()) {
			return null;
		}
		try {
			return task.call();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			end();
		}
	}

	private synchronized boolean begin() {
		if (this.abandoned) {
			return false;
		}
		this.thread = Thread.currentThread();
		TASK_THREAD.set(true);
		return true;
	}

	private synchronized void end() {
		this.thread = null;
		TASK_THREAD.remove();
		InlineDeadline.end();
		Thread.interrupted();
	}

	/**
	 * The outcome is no longer wanted.
	 * @param stop whether to interrupt the task if it runs
	 */
	synchronized void abandon(boolean stop) {
		this.abandoned = true;
		if (stop) {
			interrupt();
		}
	}

	synchronized void interrupt() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	synchronized String stackTrace() {
		if (this.thread == null) {
			return "";
		}
		return Arrays.stream(this.thread.getStackTrace())
			.map((frame) -> "\tat " + frame)
			.collect(Collectors.joining("\n", "\"" + this.thread.getName() + "\"\n", ""));
	}

}
