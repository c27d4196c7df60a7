package io.github.processpool.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.processpool.PoolConfiguration;
import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessTask;
import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.WorkerStartException;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.engine.launch.ChildJvm;
import io.github.processpool.engine.launch.HeapSize;
import io.github.processpool.protocol.WorkerCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool. Between its stop and its next start it has no threads, files or processes,
 * and neither has it before the first task, but for a thread that makes the codec ready
 * when the pool is started and ends at once. <pre>
 *             in this process                    |        in each worker
 *                                                |
 *  callers --> PendingTask --> TaskQueue         |
 *                                 |              |
 *                             Dispatcher --------|-CALL---> task thread
 *                                 |              |              |
 *  caller's thread or         I/O thread &lt;-------|-RESULT-------+
 *  completion thread &lt;----- of each worker       |
 *                                                |
 *  clock: limits, heartbeats ----- CANCEL, PING -|--------> control thread
 *  chores: start, kill, autopsy                  |
 * </pre> A caller encodes its task and, if a worker is idle, writes to it; else the task
 * waits in the queue. The I/O thread of a worker reads outcomes, sends the next task, and
 * hands the outcome to the thread that waits for it or to a completion thread, which
 * decodes it and completes the future. A caller of {@code call}, which waits anyway,
 * reads the outcome itself when its worker has nothing else to do. The task thread of a
 * worker runs one task at a time.
 */
public final class DefaultProcessPool implements ManagedPool {

	private static final Logger logger = LoggerFactory.getLogger(DefaultProcessPool.class);

	private final PoolConfig config;

	private final PoolIntegrations integrations;

	private final ValueCodec values;

	private final TaskEncoder encoder;

	private final HeapSize.Plan plan;

	private final PoolRuns runs;

	/**
	 * Creates a pool that takes tasks and starts what it needs with the first of them.
	 * @param config settings
	 * @param listener is told what happens
	 * @throws IllegalStateException if the workers cannot fit into memory
	 */
	public DefaultProcessPool(PoolConfig config, PoolListener listener) {
		this(config, listener, PoolIntegrations.NONE, false);
	}

	/**
	 * Creates a pool that takes tasks and starts what it needs with the first of them.
	 * @param config settings
	 * @param listener is told what happens
	 * @param integrations what else it is connected to
	 * @throws IllegalStateException if the workers cannot fit into memory
	 */
	public DefaultProcessPool(PoolConfig config, PoolListener listener, PoolIntegrations integrations) {
		this(config, listener, integrations, false);
	}

	/**
	 * Creates a pool that takes tasks and starts what it needs with the first of them.
	 * @param config settings
	 * @param listener is told what happens
	 * @param integrations what else it is connected to
	 * @param stopAtExit whether the end of this JVM stops it, as nobody else will
	 * @throws IllegalStateException if the workers cannot fit into memory
	 */
	DefaultProcessPool(PoolConfig config, PoolListener listener, PoolIntegrations integrations, boolean stopAtExit) {
		this.config = config;
		this.plan = HeapSize.compute(config.claim(), config.neighbours(), config.settings()::of);
		if (this.plan.warning() != null) {
			logger.warn("pool {}: {}", config.name(), this.plan.warning());
		}
		this.integrations = integrations;
		this.values = new ValueCodec(config.codec(), config.filter(), config.worker().classLoader());
		this.encoder = new TaskEncoder(this.values, integrations.carrier(config, this.values), config);
		this.runs = new PoolRuns(config, this.plan, this.values, new GuardedListener(listener), integrations,
				stopAtExit);
	}

	@Override
	public String getName() {
		return this.config.name();
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options) {
		return submit(task, options, null);
	}

	@Override
	public <T extends @Nullable Object> T call(ProcessTask<T> task, TaskOptions options)
			throws InterruptedException, ExecutionException {
		Thread caller = Thread.currentThread();
		PendingTask<T> pending = submit(task, options, ResultReader.mayRead(caller) ? caller : null);
		try {
			return pending.get();
		}
		catch (InterruptedException ex) {
			pending.cancel(true);
			throw ex;
		}
	}

	private <T extends @Nullable Object> PendingTask<T> submit(ProcessTask<T> task, TaskOptions options,
			@Nullable Thread caller) {
		TaskInfo info = TaskInfo.of(task, options, this.config);
		PoolRun current;
		try {
			current = this.runs.open();
		}
		catch (IOException ex) {
			return new PendingTask<T>(info, NoOwner.INSTANCE, caller).rejected(Outcome.REJECTED,
					new WorkerStartException(String.valueOf(ex.getMessage()), ex));
		}
		if (current == null) {
			PendingTask<T> pending = new PendingTask<>(info, NoOwner.INSTANCE, caller);
			return pending.rejected(Outcome.REJECTED,
					this.runs.isStopped() ? Dispatcher.shutDown(info) : Dispatcher.jvmEnds(info));
		}
		Dispatcher dispatcher = current.dispatcher();
		PendingTask<T> pending = new PendingTask<>(info, dispatcher, caller);
		pending.observe(this.integrations.observer());
		if (!dispatcher.admit(pending)) {
			return pending.rejected(Outcome.REJECTED, dispatcher.queueFull(pending));
		}
		try {
			pending.encoded(this.encoder.encode(task, info, pending.traceContext(), pending.isAwaited()));
		}
		catch (TaskSerializationException ex) {
			return pending.rejected(Outcome.SERIALIZATION, ex);
		}
		catch (RuntimeException | Error ex) {
			return pending.rejected(Outcome.SERIALIZATION, new TaskSerializationException(
					"Task '" + info.description() + "' could not be encoded: " + ex, ex));
		}
		dispatcher.submit(pending);
		return pending;
	}

	@Override
	public PoolSnapshot snapshot() {
		return this.runs.snapshot();
	}

	@Override
	public void resize(int coreSize, int maxSize) {
		if (coreSize < 0 || maxSize < 1 || coreSize > maxSize) {
			throw new IllegalArgumentException("Pool '" + getName() + "' cannot have core size " + coreSize
					+ " and max size " + maxSize + ": required are 0 <= core size <= max size and 1 <= max size");
		}
		this.runs.resize(coreSize, maxSize);
	}

	@Override
	public Optional<PoolConfiguration> configuration() {
		return Optional.of(this.config.describe(this.plan.maxHeap()));
	}

	@Override
	public boolean retire(int worker) {
		PoolRun current = this.runs.current();
		return current != null && current.retire(worker);
	}

	@Override
	public CompletableFuture<String> threadDump(int worker) {
		PoolRun current = this.runs.current();
		return (current != null) ? current.inspection().threadDump(worker)
				: CompletableFuture.failedFuture(Inspection.noWorker(getName(), worker));
	}

	@Override
	public CompletableFuture<String> heapHistogram(int worker) {
		PoolRun current = this.runs.current();
		return (current != null) ? current.inspection().heapHistogram(worker)
				: CompletableFuture.failedFuture(Inspection.noWorker(getName(), worker));
	}

	@Override
	public void start() {
		this.runs.start();
		if (this.config.codec() != SerializationCodec.JDK) {
			new PoolThreads(getName(), this.config.worker().classLoader()).start("codec", this::warmUp);
		}
		if (logger.isInfoEnabled()) {
			PoolSnapshot snapshot = snapshot();
			logger.info("pool {}: core-size={} max-size={} queue-capacity={} max-heap={} MB, workers run from {}",
					getName(), snapshot.coreSize(), snapshot.maxSize(), this.config.queueCapacity(),
					this.plan.maxHeap() >> 20, ChildJvm.describe(this.config.worker().classLoader(),
							WorkerCommand.MAIN_CLASS, ProcessLauncher.warmStart(this.config)));
		}
	}

	private void warmUp() {
		try {
			this.values.warmUp();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("pool {}: the codec '{}' does not work here. Set {} to 'jdk'", getName(), this.config.codec(),
					this.config.settings().of("serialization.codec"), ex);
		}
	}

	@Override
	public void startWorkers() {
		try {
			PoolRun current = this.runs.open();
			if (current != null) {
				current.startCore();
			}
		}
		catch (IOException ex) {
			logger.warn("pool {}: cannot start workers", getName(), ex);
		}
	}

	@Override
	public void stop() {
		if (this.runs.stop()) {
			logger.debug("pool {} stopped", getName());
		}
	}

	@Override
	public boolean isRunning() {
		return !this.runs.isStopped();
	}

}
