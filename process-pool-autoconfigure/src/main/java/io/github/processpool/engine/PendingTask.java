package io.github.processpool.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskTransfer;
import io.github.processpool.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A task of the parent, which is also the future that its caller holds.
 * <p>
 * Many may want to end it: the worker's result or death, a timeout, the caller. Whoever
 * claims it first decides the outcome. An outcome of the pool is worked out (decoded) and
 * delivered by the thread that waits for it, if there is one, else by an executor; never
 * by the thread that reads results.
 *
 * @param <T> the type of the result
 */
final class PendingTask<T extends @Nullable Object> extends CompletableFuture<T> {

	private static final VarHandle CLAIMED;

	private static final VarHandle WAITER;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			CLAIMED = lookup.findVarHandle(PendingTask.class, "claimed", boolean.class);
			WAITER = lookup.findVarHandle(PendingTask.class, "waiter", Object.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** Stands in for the waiter once the outcome has been handed to somebody. */
	private static final Object HANDED_OVER = new Object();

	private final TaskInfo info;

	private final Owner owner;

	private @Nullable Throwable submitSite;

	/** Who made the task and is bound to wait for it. */
	private volatile @Nullable Thread caller;

	/** The connection that the caller reads while it waits. */
	private volatile @Nullable WorkerConnection reading;

	private final long submittedNanos = System.nanoTime();

	private volatile boolean claimed;

	private volatile @Nullable Object waiter;

	private @Nullable Supplier<Delivery> pending;

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
		this.info = info;
		this.owner = owner;
		this.caller = caller;
		// One who waits can be asked later
		this.submitSite = (caller == null) ? new SubmitSite() : null;
	}

	/**
	 * Whether the caller is bound to wait, and may read the result itself.
	 */
	boolean isAwaited() {
		return this.caller != null;
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
	void received(int bytes) {
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
		this.submitSite = null;
		this.observed = null;
		this.failure = null;
		this.caller = null;
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
		if (timer != null && this.claimed) {
			timer.cancel(false);
		}
	}

	boolean isClaimed() {
		return this.claimed;
	}

	/**
	 * Claims the right to decide the outcome, against the worker's result, its death, a
	 * timeout, the caller and the stop of the pool.
	 */
	private boolean claim() {
		if (this.claimed || !CLAIMED.compareAndSet(this, false, true)) {
			return false;
		}
		timer(null);
		return true;
	}

	/**
	 * Ends the task with an outcome of the pool, unless it has ended already.
	 * @param outcome works out the outcome, on another thread
	 * @return whether this was the end
	 */
	boolean settle(Supplier<Delivery> outcome) {
		if (!claim()) {
			return false;
		}
		this.owner.claimed(this);
		this.pending = outcome;
		// Contender: a thread that begins or gives up waiting in get()
		Object thread = WAITER.getAndSet(this, HANDED_OVER);
		if (thread != null) {
			wake((Thread) thread);
		}
		else {
			deliverElsewhere();
		}
		return true;
	}

	/**
	 * Ends a task that nobody has seen yet, on the caller's thread.
	 */
	PendingTask<T> rejected(Outcome outcome, Throwable failure) {
		if (claim()) {
			this.owner.claimed(this);
			this.pending = () -> Delivery.failure(outcome, failure);
			this.waiter = HANDED_OVER;
			deliver();
		}
		return this;
	}

	private void deliverElsewhere() {
		try {
			this.owner.executor().execute(this::deliver);
		}
		catch (Throwable ex) {
			// No thread to be had: better here than never
			deliver();
		}
	}

	@SuppressWarnings("unchecked")
	private void deliver() {
		Supplier<Delivery> source = this.pending;
		this.pending = null;
		Delivery delivery;
		this.decodingNanos = this.owner.isHeard() ? System.nanoTime() : 0;
		try {
			delivery = (source != null) ? source.get()
					: Delivery.failure(Outcome.ERROR, new IllegalStateException("no outcome"));
		}
		catch (Throwable ex) {
			delivery = Delivery.failure(Outcome.ERROR, ex);
		}
		Throwable failure = delivery.failure();
		if (failure != null) {
			appendSubmitSite(failure);
			this.failure = failure;
		}
		this.owner.finished(this, delivery.outcome());
		release();
		if (failure != null) {
			super.completeExceptionally(failure);
		}
		else {
			super.complete((T) delivery.value());
		}
	}

	private void appendSubmitSite(Throwable failure) {
		if (this.submitSite == null && this.caller == Thread.currentThread()) {
			this.submitSite = new SubmitSite();
		}
		if (this.submitSite != null) {
			SubmitSite.append(failure, this.submitSite);
		}
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		awaitOutcome(Long.MAX_VALUE, true);
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		long start = System.nanoTime();
		long nanos = unit.toNanos(timeout);
		awaitOutcome(nanos, true);
		return super.get(Math.max(0, nanos - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
	}

	@Override
	public T join() {
		try {
			awaitOutcome(Long.MAX_VALUE, false);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return super.join();
	}

	/**
	 * Lends this thread to the task: when the outcome comes, it is delivered here. One
	 * thread can do so at a time; others, and those of a fork-join pool, wait as for any
	 * other future.
	 */
	private void awaitOutcome(long nanos, boolean interruptibly) throws InterruptedException {
		Thread thread = Thread.currentThread();
		if (isDone() || nanos <= 0 || thread instanceof ForkJoinWorkerThread
				|| !WAITER.compareAndSet(this, null, thread)) {
			return;
		}
		if (this.caller == thread && nanos == Long.MAX_VALUE) {
			read(thread);
		}
		boolean interrupted = false;
		long start = System.nanoTime();
		while (this.waiter == thread && !isDone()) {
			if (Thread.interrupted()) {
				interrupted = true;
				if (interruptibly) {
					break;
				}
			}
			long left = nanos - (System.nanoTime() - start);
			if (nanos == Long.MAX_VALUE) {
				LockSupport.park(this);
			}
			else if (left > 0) {
				LockSupport.parkNanos(this, left);
			}
			else {
				break;
			}
		}
		// Contender: settle(), which made the delivery this thread's duty if it was first
		if (!WAITER.compareAndSet(this, thread, null)) {
			if (getNumberOfDependents() > 0) {
				deliverElsewhere();
			}
			else {
				deliver();
			}
		}
		if (interrupted) {
			if (interruptibly && !isDone()) {
				throw new InterruptedException();
			}
			thread.interrupt();
		}
	}

	/**
	 * Reads the worker's results until the outcome is there, instead of waiting for
	 * another thread to read it.
	 */
	private void read(Thread thread) {
		Assignment sent = this.assignment;
		if (sent == null) {
			return;
		}
		WorkerConnection connection = sent.worker().connection();
		// Contender: settle(), which sets the waiter and then looks who is to be woken
		this.reading = connection;
		connection.results().readUntil(() -> this.waiter != thread || isDone());
		this.reading = null;
	}

	private void wake(Thread thread) {
		if (thread == Thread.currentThread()) {
			return;
		}
		LockSupport.unpark(thread);
		WorkerConnection connection = this.reading;
		if (connection != null) {
			connection.results().wakeCaller();
		}
	}

	// What follows ends the task from outside: its outcome is no longer wanted

	private boolean abandon(boolean stop) {
		if (!claim()) {
			return false;
		}
		this.owner.claimed(this);
		this.owner.abandoned(this, stop);
		this.owner.finished(this, Outcome.CANCELLED);
		release();
		return true;
	}

	private void wakeWaiter() {
		if (this.waiter instanceof Thread thread) {
			wake(thread);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		if (!abandon(mayInterruptIfRunning)) {
			return isCancelled();
		}
		super.cancel(mayInterruptIfRunning);
		wakeWaiter();
		return isCancelled();
	}

	@Override
	public boolean complete(T value) {
		if (!abandon(true)) {
			return false;
		}
		boolean completed = super.complete(value);
		wakeWaiter();
		return completed;
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		if (!abandon(true)) {
			return false;
		}
		boolean completed = super.completeExceptionally(ex);
		wakeWaiter();
		return completed;
	}

	@Override
	public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
		executor.execute(() -> {
			if (isDone()) {
				return;
			}
			try {
				complete(supplier.get());
			}
			catch (Throwable ex) {
				completeExceptionally(ex);
			}
		});
		return this;
	}

	@Override
	public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
		return completeAsync(supplier, defaultExecutor());
	}

	@Override
	public void obtrudeValue(T value) {
		abandon(true);
		super.obtrudeValue(value);
		wakeWaiter();
	}

	@Override
	public void obtrudeException(Throwable ex) {
		abandon(true);
		super.obtrudeException(ex);
		wakeWaiter();
	}

	/**
	 * Dependent stages are plain futures.
	 */
	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
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
