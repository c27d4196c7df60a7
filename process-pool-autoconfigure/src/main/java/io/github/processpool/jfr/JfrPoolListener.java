package io.github.processpool.jfr;

import java.time.Duration;

import io.github.processpool.PoolListener;
import io.github.processpool.TaskEvent;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Records tasks, starts and ends of workers in the flight recorder of this JVM, as
 * {@code io.github.processpool.Task}, {@code .WorkerStart} and {@code .WorkerExit}. Costs
 * a test of a flag while nothing records. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class JfrPoolListener implements PoolListener {

	@Override
	public void taskFinished(TaskEvent event) {
		TaskRecord entry = new TaskRecord();
		if (!entry.isEnabled()) {
			return;
		}
		entry.pool = event.pool();
		entry.className = event.className();
		entry.methodName = event.methodName();
		entry.outcome = event.outcome().name();
		entry.total = event.total().toNanos();
		entry.waited = nanos(event.waited());
		entry.executed = nanos(event.executed());
		entry.worker = event.workerId();
		entry.attempts = event.attempts();
		entry.commit();
	}

	@Override
	public void workerStarted(String pool, WorkerSnapshot worker, Duration startupTime) {
		WorkerStartRecord entry = new WorkerStartRecord();
		if (!entry.isEnabled()) {
			return;
		}
		entry.pool = pool;
		entry.worker = worker.id();
		entry.pid = worker.pid();
		entry.startup = startupTime.toNanos();
		entry.warm = worker.warm();
		entry.commit();
	}

	@Override
	public void workerExited(String pool, WorkerExit exit) {
		WorkerExitRecord entry = new WorkerExitRecord();
		if (!entry.isEnabled()) {
			return;
		}
		entry.pool = pool;
		entry.worker = exit.workerId();
		entry.pid = exit.pid();
		entry.reason = exit.reason().name();
		entry.planned = exit.reason().isPlanned();
		entry.exitCode = exit.exitCode();
		entry.signal = exit.signal();
		entry.age = exit.age().toNanos();
		entry.task = exit.task();
		entry.commit();
	}

	private static long nanos(@Nullable Duration duration) {
		return (duration != null) ? duration.toNanos() : -1;
	}

}
