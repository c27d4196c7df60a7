package io.github.processpool.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskSnapshot;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import io.github.processpool.WorkerStatistics;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the dispatcher sees it. Guarded by the dispatcher's lock, but for the
 * process.
 */
final class Worker {

	private static final Map<WorkerState, Set<WorkerState>> TRANSITIONS = new EnumMap<>(Map.of(WorkerState.STARTING,
			EnumSet.of(WorkerState.IDLE, WorkerState.BUSY, WorkerState.RETIRING, WorkerState.TERMINATED),
			WorkerState.IDLE, EnumSet.of(WorkerState.BUSY, WorkerState.RETIRING, WorkerState.TERMINATED),
			WorkerState.BUSY, EnumSet.of(WorkerState.IDLE, WorkerState.RETIRING, WorkerState.TERMINATED),
			WorkerState.RETIRING, EnumSet.of(WorkerState.TERMINATED), WorkerState.TERMINATED,
			EnumSet.noneOf(WorkerState.class)));

	private final int id;

	private final int slot;

	private final Instant launchedAt = Instant.now();

	private final long launchedNanos = System.nanoTime();

	private final WorkerProcess process;

	private final long lifetimeNanos;

	private WorkerState state = WorkerState.STARTING;

	private @Nullable ExitReason exitReason;

	private @Nullable WorkerConnection connection;

	private @Nullable ExitReason expiresFor;

	private long collectedAfter;

	private @Nullable WorkerStatistics statistics;

	private long readyNanos;

	private long idleSinceNanos;

	private long tasksDone;

	private final SentTasks sent = new SentTasks();

	private int window = 1;

	private @Nullable ExitReason due;

	private boolean closing;

	Worker(int id, int slot, WorkerProcess process, long lifetimeNanos) {
		this.id = id;
		this.slot = slot;
		this.process = process;
		this.lifetimeNanos = lifetimeNanos;
	}

	long lifetimeNanos() {
		return this.lifetimeNanos;
	}

	int id() {
		return this.id;
	}

	/**
	 * Number that no other worker has at the same time, the lowest that was free.
	 */
	int slot() {
		return this.slot;
	}

	WorkerProcess process() {
		return this.process;
	}

	WorkerState state() {
		return this.state;
	}

	void transition(WorkerState to) {
		Set<WorkerState> allowed = TRANSITIONS.get(this.state);
		if (allowed == null || !allowed.contains(to)) {
			throw new IllegalStateException("worker " + this.id + " cannot go from " + this.state + " to " + to);
		}
		this.state = to;
		if (to == WorkerState.IDLE) {
			this.idleSinceNanos = System.nanoTime();
		}
	}

	/**
	 * Notes why the worker is ended. The first reason stays.
	 */
	void endFor(ExitReason reason) {
		if (this.exitReason == null) {
			this.exitReason = reason;
		}
	}

	@Nullable ExitReason exitReason() {
		return this.exitReason;
	}

	/**
	 * Notes that the worker is ready for tasks.
	 * @return how long its start took
	 */
	Duration connected(WorkerConnection connection) {
		this.connection = connection;
		this.readyNanos = System.nanoTime();
		return Duration.ofNanos(this.readyNanos - this.launchedNanos);
	}

	/**
	 * The connection of a worker that is or was ready for tasks.
	 */
	WorkerConnection connection() {
		if (this.connection == null) {
			throw new IllegalStateException(this + " is not connected");
		}
		return this.connection;
	}

	boolean isConnected() {
		return this.connection != null;
	}

	/**
	 * Notes that the worker will be replaced and so no longer counts as capacity.
	 */
	void expire(ExitReason reason) {
		this.expiresFor = reason;
	}

	boolean isExpiring() {
		return this.expiresFor != null;
	}

	/**
	 * Why the worker will be replaced, or {@code null} if that is not decided.
	 */
	@Nullable ExitReason expiresFor() {
		return this.expiresFor;
	}

	/**
	 * What it told of itself, or {@code null} before its first heartbeat.
	 */
	@Nullable WorkerStatistics statistics() {
		return this.statistics;
	}

	void report(WorkerStatistics statistics) {
		this.statistics = statistics;
	}

	/**
	 * Notes that it is asked to collect garbage.
	 */
	void collecting() {
		this.collectedAfter = this.tasksDone;
	}

	/**
	 * Whether it has ended tasks since it was asked to collect garbage.
	 */
	boolean hasNewGarbage() {
		return this.tasksDone > this.collectedAfter;
	}

	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.launchedNanos);
	}

	/**
	 * How long its start took, or 0 before it is ready.
	 */
	long startupNanos() {
		return (this.readyNanos != 0) ? this.readyNanos - this.launchedNanos : 0;
	}

	/**
	 * How long it has been ready for tasks.
	 */
	long servedNanos() {
		return (this.readyNanos != 0) ? System.nanoTime() - this.readyNanos : 0;
	}

	long idleNanos() {
		return System.nanoTime() - this.idleSinceNanos;
	}

	long tasksDone() {
		return this.tasksDone;
	}

	/**
	 * What was sent to it.
	 */
	SentTasks sent() {
		return this.sent;
	}

	/**
	 * Notes the end of its first task.
	 * @return how long that took
	 */
	long end() {
		this.tasksDone++;
		return this.sent.removeFirst();
	}

	/**
	 * How many tasks may be sent to it at a time.
	 */
	int window() {
		return this.window;
	}

	void window(int tasks) {
		this.window = tasks;
	}

	/**
	 * Notes why it is to retire as soon as it has nothing to do.
	 */
	void dueFor(ExitReason reason) {
		if (this.due == null) {
			this.due = reason;
		}
	}

	@Nullable ExitReason due() {
		return this.due;
	}

	/**
	 * Notes that its connection is ending, so that it can be sent nothing.
	 */
	void close() {
		this.closing = true;
	}

	/**
	 * Whether it may be sent tasks.
	 */
	boolean isOpen() {
		return !this.closing && this.exitReason == null && this.due == null;
	}

	WorkerSnapshot snapshot() {
		Assignment current = this.sent.first();
		return new WorkerSnapshot(this.id, this.process.pid(), this.state, this.launchedAt,
				(this.readyNanos != 0) ? Duration.ofNanos(this.readyNanos - this.launchedNanos) : null, this.tasksDone,
				(current != null) ? current.task().info().description() : null,
				(current != null) ? Duration.ofNanos(this.sent.firstNanos()) : null, this.statistics,
				(current != null) ? task(current) : null, this.process.isWarm());
	}

	private TaskSnapshot task(Assignment current) {
		TaskInfo info = current.task().info();
		return new TaskSnapshot(info.description(), info.className(), info.methodName(),
				current.task().failedAttempts.size() + 1,
				Duration.ofNanos(current.nanos() - current.task().submittedNanos()),
				Duration.ofNanos(this.sent.firstNanos()));
	}

	@Override
	public String toString() {
		return "worker " + this.id + " (pid " + this.process.pid() + ", " + this.state + ")";
	}

}
