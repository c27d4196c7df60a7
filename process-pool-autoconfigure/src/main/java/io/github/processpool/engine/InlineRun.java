package io.github.processpool.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.protocol.Payload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of an inline pool, from its first task to its stop. Safe for use by many
 * threads.
 */
final class InlineRun implements PendingTask.Owner {

	private static final Logger logger = LoggerFactory.getLogger(InlineRun.class);

	private final PoolConfig config;

	private final InlineCodec codec;

	private final PoolListener listener;

	private final TaskObserver observer;

	private final ExecutorService executor;

	private final ScheduledExecutorService clock;

	private final Map<PendingTask<?>, InlineExecution> executions = new ConcurrentHashMap<>();

	/** One party for each execution and one for the pool. */
	private final Phaser unfinished = new Phaser(1);

	InlineRun(PoolConfig config, InlineCodec codec, PoolListener listener, TaskObserver observer) {
		this.config = config;
		this.codec = codec;
		this.observer = observer;
		this.listener = new GuardedListener(listener);
		PoolThreads threads = new PoolThreads(config.name(), config.worker().classLoader());
		this.clock = threads.clock();
		this.executor = threads.elastic("inline", this.clock);
	}

	<T extends @Nullable Object> PendingTask<T> submit(ProcessTask<T> task, TaskInfo info) {
		PendingTask<T> pending = new PendingTask<>(info, this, null);
		pending.observe(this.observer);
		Payload payload;
		try {
			payload = this.codec.encode(task, info);
		}
		catch (TaskSerializationException ex) {
			return pending.rejected(Outcome.SERIALIZATION, ex);
		}
		if (this.unfinished.register() < 0) {
			return pending.rejected(Outcome.REJECTED, Dispatcher.shutDown(info));
		}
		byte[] context = this.codec.capture(pending.traceContext());
		InlineExecution execution = new InlineExecution();
		this.executions.put(pending, execution);
		this.executor.execute(() -> run(pending, execution, task, payload, context));
		return pending;
	}

	private void run(PendingTask<?> pending, InlineExecution execution, ProcessTask<?> task, Payload payload,
			byte[] context) {
		try {
			Supplier<Delivery> outcome = execution.run(() -> {
				watch(pending, execution);
				return this.codec.call(task, payload, context, pending.info());
			});
			if (outcome != null) {
				pending.settle(outcome);
			}
		}
		finally {
			this.executions.remove(pending);
			this.unfinished.arriveAndDeregister();
		}
	}

	private void watch(PendingTask<?> pending, InlineExecution execution) {
		long nanos = pending.info().taskTimeoutNanos();
		InlineDeadline.begin(nanos);
		if (nanos > 0) {
			pending.timer(this.clock.schedule(() -> timedOut(pending, execution), nanos, TimeUnit.NANOSECONDS));
		}
	}

	private void timedOut(PendingTask<?> pending, InlineExecution execution) {
		String dump = execution.stackTrace();
		Duration timeout = Duration.ofNanos(pending.info().taskTimeoutNanos());
		TaskTimeoutException failure = new TaskTimeoutException(
				"Task '" + pending.info().description() + "' ran for longer than " + timeout.toMillis()
						+ " ms in pool '" + this.config.name() + "' (inline) and is interrupted. "
						+ pending.info().raiseTaskTimeout(this.config.settings()) + " if it needs more time"
						+ "\n--- its thread at the deadline ---\n" + dump,
				timeout, ProcessHandle.current().pid(), dump);
		if (pending.settle(() -> Delivery.failure(Outcome.TIMEOUT, failure))) {
			execution.interrupt();
		}
	}

	/**
	 * Lets tasks end, and interrupts those that do not in time.
	 */
	void stop() {
		int phase = this.unfinished.arriveAndDeregister();
		try {
			this.unfinished.awaitAdvanceInterruptibly(phase,
					TimeUnit.NANOSECONDS.convert(this.config.shutdownTimeout()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.debug("pool {}: tasks are interrupted at the end of the shutdown timeout", this.config.name());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.executions.forEach((pending, execution) -> {
			pending.settle(() -> Delivery.failure(Outcome.CANCELLED, new CancellationException("Task '"
					+ pending.info().description() + "' was stopped: pool '" + this.config.name() + "' is shut down")));
			execution.interrupt();
		});
		this.executor.shutdown();
		this.clock.shutdownNow();
	}

	@Override
	public Executor executor() {
		return this.executor;
	}

	@Override
	public SubmitSite submitSite() {
		return new SubmitSite();
	}

	@Override
	public void claimed(PendingTask<?> task) {
	}

	@Override
	public void abandoned(PendingTask<?> task, boolean stop) {
		InlineExecution execution = this.executions.get(task);
		if (execution != null) {
			execution.abandon(stop);
		}
	}

	@Override
	public boolean isHeard() {
		return this.listener.hearsTasks();
	}

	@Override
	public void finished(PendingTask<?> task, Outcome outcome) {
		if (!isHeard() && !task.isObserved()) {
			return;
		}
		long now = System.nanoTime();
		boolean started = outcome != Outcome.REJECTED && outcome != Outcome.SERIALIZATION;
		Duration total = Duration.ofNanos(now - task.submittedNanos());
		TaskEvent event = new TaskEvent(this.config.name(), task.info().className(), task.info().methodName(), outcome,
				total, started ? Duration.ZERO : null, started ? total : null);
		this.listener.taskFinished(event);
		task.observed(event, started ? ProcessHandle.current().pid() : -1);
	}

}
