package io.github.processpool.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.processpool.TaskEvent.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The future of a task, which has exactly one outcome however many want to end it: the
 * worker's result or death, a timeout, the caller. Whoever claims it first decides.
 * <p>
 * An outcome of the pool is worked out (decoded) and delivered by the thread that waits
 * for it, if there is one, else by an executor; never by a thread that reads results for
 * others. An outcome from outside means that the task is no longer wanted.
 *
 * @param <T> the type of the result
 */
abstract class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private static final VarHandle CLAIMED;

	private static final VarHandle WAITER;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			CLAIMED = lookup.findVarHandle(TaskFuture.class, "claimed", boolean.class);
			WAITER = lookup.findVarHandle(TaskFuture.class, "waiter", Object.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * First version of Java of which futures throw new exceptions when they are
	 * cancelled.
	 */
	private static final int WRAPS_CANCELLATIONS = 23;

	/** Stands in for the waiter once the outcome has been handed to somebody. */
	private static final Object HANDED_OVER = new Object();

	/** Where the task was submitted, if that cannot be found out later. */
	private @Nullable SubmitSite submitSite;

	/** Who made the task and is bound to wait for it. */
	private volatile @Nullable Thread caller;

	/** The connection that the caller reads while it waits. */
	private volatile @Nullable WorkerConnection reading;

	private volatile boolean claimed;

	private volatile @Nullable Object waiter;

	private @Nullable Supplier<Delivery> pending;

	/**
	 * Creates a future.
	 * @param caller the current thread if it is bound to wait, or {@code null}
	 * @param submitSite where the task is submitted, or {@code null} if the caller can be
	 * asked later, since it waits
	 */
	TaskFuture(@Nullable Thread caller, @Nullable SubmitSite submitSite) {
		this.caller = caller;
		this.submitSite = submitSite;
	}

	/**
	 * Delivers outcomes that no thread waits for.
	 */
	abstract Executor executor();

	/**
	 * The connection to the worker that the task was sent to, if it was.
	 */
	abstract @Nullable WorkerConnection connection();

	/**
	 * The outcome is decided.
	 */
	abstract void onClaimed();

	/**
	 * The outcome is no longer wanted.
	 * @param stop whether to stop the task if it runs
	 */
	abstract void onAbandoned(boolean stop);

	/**
	 * The outcome is about to be worked out.
	 */
	abstract void onDelivery();

	/**
	 * The outcome is known and the future about to be completed. Throws nothing: that
	 * would leave the future open for ever.
	 */
	abstract void onFinished(Outcome outcome, @Nullable Throwable failure);

	/**
	 * Whether the caller is bound to wait, and may read the result itself.
	 */
	boolean isAwaited() {
		return this.caller != null;
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
		onClaimed();
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
	 * As {@link #settle}, but on this thread, for a task that nobody has seen yet.
	 */
	void deliverHere(Supplier<Delivery> outcome) {
		if (claim()) {
			this.pending = outcome;
			this.waiter = HANDED_OVER;
			deliver();
		}
	}

	private void deliverElsewhere() {
		try {
			executor().execute(this::deliver);
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
		onDelivery();
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
		}
		try {
			finish(delivery.outcome(), failure);
		}
		finally {
			if (failure != null) {
				super.completeExceptionally(failure);
			}
			else {
				super.complete((T) delivery.value());
			}
		}
	}

	private void finish(Outcome outcome, @Nullable Throwable failure) {
		this.submitSite = null;
		onFinished(outcome, failure);
		this.caller = null;
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
		try {
			return super.get();
		}
		catch (CancellationException ex) {
			throw cancelled(ex);
		}
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		long start = System.nanoTime();
		long nanos = unit.toNanos(timeout);
		awaitOutcome(nanos, true);
		try {
			return super.get(Math.max(0, nanos - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
		}
		catch (CancellationException ex) {
			throw cancelled(ex);
		}
	}

	@Override
	public T join() {
		try {
			awaitOutcome(Long.MAX_VALUE, false);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		try {
			return super.join();
		}
		catch (CancellationException ex) {
			throw cancelled(ex);
		}
	}

	/**
	 * What newer versions of Java throw has the name of the method for a message, and the
	 * one that tells why as its cause.
	 */
	private static CancellationException cancelled(CancellationException thrown) {
		if (Runtime.version().feature() < WRAPS_CANCELLATIONS
				|| !(thrown.getCause() instanceof CancellationException reason) || reason.getMessage() == null) {
			return thrown;
		}
		CancellationException told = new CancellationException(reason.getMessage());
		told.initCause(reason);
		return told;
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
		WorkerConnection connection = connection();
		if (connection == null) {
			return;
		}
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
		onAbandoned(stop);
		finish(Outcome.CANCELLED, null);
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

}
