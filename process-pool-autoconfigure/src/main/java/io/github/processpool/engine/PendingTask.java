package io.github.processpool.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskTransfer;
import io.github.processpool.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A task of the parent: what is to be sent, where it has been sent, and what that took.
 * It is also the future that its caller holds.
 *
 * @param <T> the type of the result
 */
final class PendingTask<T extends @Nullable Object> extends TaskFuture<T> {

	private final TaskInfo info;

	private final Owner owner;

	private final long submittedNanos = System.nanoTime();

	private volatile @Nullable Future<?> timer;

	private boolean admitted;

	private TaskObserver.@Nullable Observed observed;

	private @Nullable Throwable failure;

	private Payload payload = Payload.EMPTY;

	private long encodedNanos;

	private long receivedBytes;

	private long decodingNanos;

	// Guarded by the dispatcher's lock

	@Nullable volatile Assignment assignment;

	/** Workers that died before they had started the task. */
	int lostDispatches;

	/** What became of earlier starts of the task. */
	List<Throwable> failedAttempts = List.of();

	// Links and state of the queue, guarded by the same lock

	@Nullable PendingTask<?> previous;

	@Nullable PendingTask<?> next;

	boolean queued;

	long queuedBytes;

	/**
	 * Creates a task.
	 * @param caller the current thread if it is bound to wait for the task, uninterrupted
	 * by anything else, or {@code null}
	 */
	PendingTask(TaskInfo info, Owner owner, @Nullable Thread caller) {
		super(caller, (caller == null) ? owner.submitSite() : null);
		this.info = info;
		this.owner = owner;
	}

	TaskInfo info() {
		return this.info;
	}

	long submittedNanos() {
		return this.submittedNanos;
	}

	Payload payload() {
		return this.payload;
	}

	void encoded(Payload payload) {
		this.payload = payload;
		this.encodedNanos = System.nanoTime();
	}

	/**
	 * Notes the size of its outcome, which {@link #settle} hands over.
	 */
	void received(long bytes) {
		this.receivedBytes = bytes;
	}

	/**
	 * What it took to send it and its outcome, or {@code null} if it was not encoded.
	 * @param nowNanos when the outcome was decoded
	 */
	@Nullable TaskTransfer transfer(long nowNanos) {
		if (this.encodedNanos == 0) {
			return null;
		}
		int dispatches = this.failedAttempts.size() + this.lostDispatches + ((this.assignment != null) ? 1 : 0);
		boolean decoded = this.receivedBytes > 0 && this.decodingNanos != 0;
		return new TaskTransfer(Duration.ofNanos(this.encodedNanos - this.submittedNanos),
				decoded ? Duration.ofNanos(nowNanos - this.decodingNanos) : null,
				(long) dispatches * this.payload.size(), this.receivedBytes);
	}

	/**
	 * Has the task observed. Called by the caller before anybody else knows the task.
	 */
	void observe(TaskObserver observer) {
		this.observed = observer.submitted(this.info.pool(), this.info.className(), this.info.methodName());
	}

	boolean isObserved() {
		return this.observed != null;
	}

	Map<String, String> traceContext() {
		return (this.observed != null) ? this.observed.traceContext() : Map.of();
	}

	/**
	 * Tells the observer of the outcome. Called once, by the owner.
	 */
	void observed(TaskEvent event, long pid) {
		if (this.observed != null) {
			this.observed.finished(event, pid, this.failure);
		}
	}

	/**
	 * Lets go of all that only a task needs that is not done: its future may be kept for
	 * long.
	 */
	private void release() {
		this.payload = Payload.EMPTY;
		this.assignment = null;
		this.observed = null;
		this.failure = null;
		this.failedAttempts = List.of();
	}

	/**
	 * Notes that the task counts as unfinished.
	 */
	void admitted() {
		this.admitted = true;
	}

	boolean isAdmitted() {
		return this.admitted;
	}

	/**
	 * Replaces what will end the task unless something else does so before.
	 */
	void timer(@Nullable Future<?> timer) {
		Future<?> old = this.timer;
		this.timer = timer;
		if (old != null) {
			old.cancel(false);
		}
		if (timer != null && isClaimed()) {
			timer.cancel(false);
		}
	}

	/**
	 * Ends a task that nobody has seen yet, on the caller's thread.
	 */
	PendingTask<T> rejected(Outcome outcome, Throwable failure) {
		deliverHere(() -> Delivery.failure(outcome, failure));
		return this;
	}

	@Override
	Executor executor() {
		return this.owner.executor();
	}

	@Override
	@Nullable WorkerConnection connection() {
		Assignment sent = this.assignment;
		return (sent != null) ? sent.worker().connection() : null;
	}

	@Override
	void onClaimed() {
		timer(null);
		this.owner.claimed(this);
	}

	@Override
	void onAbandoned(boolean stop) {
		this.owner.abandoned(this, stop);
	}

	@Override
	void onDelivery() {
		this.decodingNanos = this.owner.isHeard() ? System.nanoTime() : 0;
	}

	@Override
	void onFinished(Outcome outcome, @Nullable Throwable failure) {
		this.failure = failure;
		this.owner.finished(this, outcome);
		release();
	}

	@Override
	public String toString() {
		return "task '" + this.info.description() + "'" + super.toString();
	}

	/**
	 * Who cares for tasks.
	 */
	interface Owner {

		/**
		 * Delivers outcomes that no thread waits for.
		 */
		Executor executor();

		/**
		 * Where the task is submitted that this thread is about to submit.
		 */
		SubmitSite submitSite();

		/**
		 * The outcome is decided; the task no longer counts as unfinished.
		 */
		void claimed(PendingTask<?> task);

		/**
		 * The outcome is no longer wanted.
		 * @param task the task
		 * @param stop whether to stop it if it runs
		 */
		void abandoned(PendingTask<?> task, boolean stop);

		/**
		 * Whether anybody wants to know what {@link #finished} tells.
		 */
		boolean isHeard();

		/**
		 * The outcome is known and the future about to be completed. Throws nothing: that
		 * would leave the future open for ever.
		 */
		void finished(PendingTask<?> task, Outcome outcome);

	}

}
