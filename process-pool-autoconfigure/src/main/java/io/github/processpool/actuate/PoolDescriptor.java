package io.github.processpool.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent;
import io.github.processpool.WorkerState;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint tells of a pool. Times are in milliseconds, sizes in bytes; a limit
 * of 0 is none; what is not known is missing.
 *
 * @param name name of the pool
 * @param coreSize workers kept
 * @param maxSize workers at most
 * @param configuration settings in force, missing for a pool that has none
 * @param queue what waits
 * @param workers the workers that there are
 * @param exits the latest ends of workers, newest first
 * @param startFailure why workers cannot start at present
 * @param tasks figures of the latest tasks
 * @param activity what the workers did lately, only if asked for
 * @since 0.1.0
 */
@JsonInclude(Include.NON_NULL)
public record PoolDescriptor(String name, int coreSize, int maxSize, @Nullable Configuration configuration, Queue queue,
		List<Worker> workers, List<Exit> exits, @Nullable String startFailure, Tasks tasks,
		@Nullable Activity activity) {

	/**
	 * Settings in force.
	 *
	 * @param queueCapacity tasks that may wait
	 * @param queueBytes bytes of encoded arguments that may wait
	 * @param keepAliveMillis idle time after which workers above the core size end
	 * @param queueTimeoutMillis longest wait of a task for a worker
	 * @param taskTimeoutMillis longest execution of a task
	 * @param startupTimeoutMillis longest start of a worker
	 * @param shutdownTimeoutMillis longest stop of the pool
	 * @param cancelGraceMillis time between interrupt and kill
	 * @param maxTasksPerWorker tasks after which a worker is replaced
	 * @param maxLifetimeMillis age at which a worker is replaced
	 * @param maxMemory resident size at which a worker is replaced
	 * @param maxRetainedHeap heap in use after a garbage collection at which a worker is
	 * replaced
	 * @param maxPayloadSize largest encoded argument list or result
	 * @param codec how arguments and results become bytes: {@code fory} or {@code jdk}
	 * @param worker how workers are launched
	 */
	public record Configuration(int queueCapacity, long queueBytes, long keepAliveMillis, long queueTimeoutMillis,
			long taskTimeoutMillis, long startupTimeoutMillis, long shutdownTimeoutMillis, long cancelGraceMillis,
			int maxTasksPerWorker, long maxLifetimeMillis, long maxMemory, long maxRetainedHeap, long maxPayloadSize,
			String codec, Launch worker) {

	}

	/**
	 * How workers are launched.
	 *
	 * @param context what tasks run in: {@code application}, {@code configuration} or
	 * {@code none}
	 * @param maxHeap largest heap
	 * @param jvmArgs options of the JVM, their values hidden unless they may be shown
	 * @param javaHome JDK or JRE, missing if it is the application's
	 * @param workingDirectory working directory, missing if it is the application's
	 * @param environment environment variables, their values hidden unless they may be
	 * shown
	 * @param inheritEnvironment whether workers see the application's environment
	 * variables
	 * @param commandPrefix what stands before the command
	 * @param warmStart whether files are kept that make workers start faster
	 * @param heartbeatTimeoutMillis how long a worker may be silent
	 */
	@JsonInclude(Include.NON_NULL)
	public record Launch(String context, long maxHeap, List<String> jvmArgs, @Nullable String javaHome,
			@Nullable String workingDirectory, Map<String, String> environment, boolean inheritEnvironment,
			List<String> commandPrefix, boolean warmStart, long heartbeatTimeoutMillis) {

	}

	/**
	 * What waits for a worker.
	 *
	 * @param tasks number of tasks
	 * @param bytes bytes of their encoded arguments
	 * @param capacity tasks that may wait, missing if it is not known
	 * @param maxBytes bytes that may wait, missing if it is not known
	 */
	@JsonInclude(Include.NON_NULL)
	public record Queue(int tasks, long bytes, @Nullable Integer capacity, @Nullable Long maxBytes) {

	}

	/**
	 * A worker.
	 *
	 * @param id number of the worker in its pool, counted from 1
	 * @param pid process id, -1 while there is none yet
	 * @param state state of the worker
	 * @param launchedAt when its process was launched
	 * @param uptimeMillis time since then
	 * @param startupMillis time from launch to ready, missing before
	 * @param warm whether its classes came from an archive
	 * @param tasksDone number of tasks that it has ended
	 * @param task what it runs, missing if it runs nothing
	 * @param vitals what it told of itself, missing before its first heartbeat
	 */
	@JsonInclude(Include.NON_NULL)
	public record Worker(int id, long pid, WorkerState state, Instant launchedAt, long uptimeMillis,
			@Nullable Long startupMillis, boolean warm, long tasksDone, @Nullable Task task, @Nullable Vitals vitals) {

	}

	/**
	 * A task that a worker runs.
	 *
	 * @param description what it is called in messages
	 * @param className simple name of the class whose method was deferred
	 * @param methodName name of the deferred method
	 * @param attempt which start of the task this is, counted from 1
	 * @param waitedMillis time from submission to dispatch
	 * @param elapsedMillis how long it has been running
	 */
	public record Task(String description, String className, String methodName, int attempt, long waitedMillis,
			long elapsedMillis) {

	}

	/**
	 * What a worker told of itself with its latest heartbeat.
	 *
	 * @param at when it was heard
	 * @param residentBytes resident size of its process
	 * @param heapUsed used part of its heap, garbage included
	 * @param heapAfterGc part of its heap that was used after the latest garbage
	 * collection
	 * @param heapCommitted size of its heap at present
	 * @param heapMax largest size of its heap
	 * @param gcCount number of garbage collections so far
	 * @param gcMillis time spent on them
	 * @param cpuMillis CPU time so far
	 * @param threads number of its threads
	 */
	@JsonInclude(Include.NON_NULL)
	public record Vitals(Instant at, @Nullable Long residentBytes, long heapUsed, @Nullable Long heapAfterGc,
			long heapCommitted, @Nullable Long heapMax, long gcCount, long gcMillis, long cpuMillis, int threads) {

	}

	/**
	 * How a worker ended.
	 *
	 * @param worker number of the worker in its pool
	 * @param pid process id, -1 if no process came to be
	 * @param reason why it ended
	 * @param planned whether the pool itself ended it
	 * @param exitCode exit code of the process, missing if it is not known
	 * @param signal name of the signal that ended the process
	 * @param ageMillis time from launch to end
	 * @param at when the end was noticed
	 * @param task what it was running
	 * @param detail what else is known
	 */
	@JsonInclude(Include.NON_NULL)
	public record Exit(int worker, long pid, ExitReason reason, boolean planned, @Nullable Integer exitCode,
			@Nullable String signal, long ageMillis, Instant at, @Nullable String task, @Nullable String detail) {

	}

	/**
	 * Figures of the tasks that ended within the last minute, of the latest 1000 of them
	 * at most.
	 *
	 * @param finished number of tasks
	 * @param failed number of those that did not return a value
	 * @param retried number of tasks that were started again since the application began
	 * @param waited times from submission to dispatch, missing without tasks
	 * @param executed times from dispatch to outcome, missing without tasks
	 */
	@JsonInclude(Include.NON_NULL)
	public record Tasks(int finished, int failed, long retried, @Nullable Times waited, @Nullable Times executed) {

	}

	/**
	 * Percentiles of times.
	 *
	 * @param p50Millis half of the times are at most that long
	 * @param p95Millis 95 of 100 are
	 * @param p99Millis 99 of 100 are
	 * @param maxMillis all are
	 */
	public record Times(double p50Millis, double p95Millis, double p99Millis, double maxMillis) {

	}

	/**
	 * What the workers did lately, second by second; the last element of each list is the
	 * present second, which is not over.
	 *
	 * @param partMillis how much of the present second is over
	 * @param finished number of tasks that ended
	 * @param failed number of those that did not return a value
	 * @param lanes the workers, those included that have ended
	 * @param recent the latest tasks that ended, newest first
	 */
	public record Activity(int partMillis, List<Integer> finished, List<Integer> failed, List<WorkerLane> lanes,
			List<FinishedTask> recent) {

	}

	/**
	 * What one worker did lately.
	 *
	 * @param worker number of the worker in its pool
	 * @param busyMillis how much of each second it ran tasks
	 * @param failed number of tasks that failed in each second
	 * @param startedMillisAgo when it became ready, missing if that is long ago
	 * @param endedMillisAgo when it ended, missing if it has not
	 * @param reason why it ended, missing if it has not
	 */
	@JsonInclude(Include.NON_NULL)
	public record WorkerLane(int worker, List<Integer> busyMillis, List<Integer> failed,
			@Nullable Long startedMillisAgo, @Nullable Long endedMillisAgo, @Nullable ExitReason reason) {

	}

	/**
	 * A task that ended.
	 *
	 * @param endedMillisAgo when it ended
	 * @param className simple name of the class whose method was deferred
	 * @param methodName name of the deferred method
	 * @param outcome what became of it
	 * @param worker number of the worker that ran it last, 0 if none did
	 * @param attempts how many times it was started
	 * @param waitedMillis time from submission to dispatch, missing if it never ran
	 * @param executedMillis time from dispatch to outcome, missing if it never ran
	 */
	@JsonInclude(Include.NON_NULL)
	public record FinishedTask(long endedMillisAgo, String className, String methodName, TaskEvent.Outcome outcome,
			int worker, int attempts, @Nullable Double waitedMillis, @Nullable Double executedMillis) {

	}

}
