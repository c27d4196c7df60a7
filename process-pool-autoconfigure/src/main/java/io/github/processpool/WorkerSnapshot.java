package io.github.processpool;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A moment's view of a worker.
 *
 * @param id number of the worker in its pool, counted from 1
 * @param pid process id, or -1 while there is none yet
 * @param state state of the worker
 * @param launchedAt when its process was launched
 * @param startupTime time from launch to ready, or {@code null} before
 * @param tasksDone number of tasks that it has ended
 * @param currentTask what it runs, or {@code null}
 * @param currentTaskElapsed how long that has been running, or {@code null}
 * @param statistics what it told of itself, or {@code null} before its first heartbeat
 * @param task what it runs in detail, or {@code null}
 * @param warm whether its classes came from an archive, which makes the start faster
 * @since 0.1.0
 */
public record WorkerSnapshot(int id, long pid, WorkerState state, Instant launchedAt, @Nullable Duration startupTime,
		long tasksDone, @Nullable String currentTask, @Nullable Duration currentTaskElapsed,
		@Nullable WorkerStatistics statistics, @Nullable TaskSnapshot task, boolean warm) {

	/**
	 * Creates a view without details of the task.
	 */
	public WorkerSnapshot(int id, long pid, WorkerState state, Instant launchedAt, @Nullable Duration startupTime,
			long tasksDone, @Nullable String currentTask, @Nullable Duration currentTaskElapsed,
			@Nullable WorkerStatistics statistics) {
		this(id, pid, state, launchedAt, startupTime, tasksDone, currentTask, currentTaskElapsed, statistics, null,
				false);
	}

}
