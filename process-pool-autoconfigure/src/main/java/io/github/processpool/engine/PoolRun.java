package io.github.processpool.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a pool, from its first task to its stop: wires the parts and takes them
 * down. Safe for use by many threads.
 */
final class PoolRun {

	private static final Logger logger = LoggerFactory.getLogger(PoolRun.class);

	private final PoolConfig config;

	private final PrivateDirectory directory;

	private final PoolState state;

	private final ScheduledThreadPoolExecutor clock;

	private final ExecutorService completionThreads;

	private final Completions completions;

	private final ExecutorService chores;

	private final Dispatcher dispatcher;

	private final Staff staff;

	private final Retirement retirement;

	private final Undertaker undertaker;

	private final Inspection inspection;

	private final Shutdown shutdown;

	private final LogForwarder logs;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private volatile @Nullable Thread stopper;

	private PoolRun(PoolConfig config, int coreSize, int maxSize, long maxHeap, ValueCodec values,
			PoolListener listener, PoolIntegrations integrations, PrivateDirectory directory) {
		this.config = config;
		this.directory = directory;
		PoolThreads threads = new PoolThreads(config.name(), config.worker().classLoader());
		this.state = new PoolState(coreSize, maxSize);
		this.clock = threads.clock();
		this.completionThreads = threads.elastic("completion", this.clock);
		this.chores = threads.elastic("chore", this.clock);
		TypeFilter filter = config.filter();
		ClassLoader classLoader = config.worker().classLoader();
		ThrowableCodec throwables = new ThrowableCodec(filter, classLoader);
		ResultDecoder decoder = new ResultDecoder(values, throwables);
		TaskStopper taskStopper = new TaskStopper(this.state, config, this.clock, this.chores);
		this.completions = new Completions(this.completionThreads, this.clock);
		QueueTimeout queueTimeout = new QueueTimeout(this.state, this.clock, config.settings());
		RetirementPolicy policy = new RetirementPolicy(config);
		Distribution distribution = new Distribution(this.state, policy, taskStopper, queueTimeout, this.clock);
		this.dispatcher = new Dispatcher(config, this.state, distribution, taskStopper, queueTimeout, this.completions,
				listener);
		this.undertaker = new Undertaker(config, listener);
		this.logs = new LogForwarder(config, integrations, threads);
		ProcessLauncher launcher = new ProcessLauncher(config, this.directory.path(), maxHeap, throwables, this.logs);
		ArchiveTrainer trainer = new ArchiveTrainer(config.name(), this.state, launcher, threads, this.clock,
				this.chores);
		this.inspection = new Inspection(config.name(), this.state, this.clock, this.completionThreads);
		this.staff = new Staff(this.state);
		Dismissal dismissal = new Dismissal(this.state, this.chores);
		this.retirement = new Retirement(this.state, this.staff, distribution, policy, dismissal);
		this.shutdown = new Shutdown(config, this.state, taskStopper, dismissal, trainer);
		Losses losses = new Losses(config.name(), this.state, this.staff, distribution, this.undertaker, this.clock);
		Recruitment recruitment = new Recruitment(config, this.state, this.staff, distribution, this.retirement,
				launcher, policy, this.undertaker, threads, this.clock, this.chores,
				(worker) -> new WorkerEvents(worker, this.state, distribution, this.retirement, losses, this.undertaker,
						decoder),
				trainer::workerReady);
		this.staff.onMissing(recruitment::start);
		this.dispatcher.onWait(this.staff::fill);
		distribution.onLastTask(this.staff::fill);
		distribution.onEmptied(this.retirement::emptied);
		new Housekeeper(config, this.state, this.retirement, policy, taskStopper, this.clock).start();
	}

	/**
	 * Begins a run.
	 * @throws IOException if there can be no private directory, or not enough threads
	 */
	static PoolRun begin(PoolConfig config, int coreSize, int maxSize, long maxHeap, ValueCodec values,
			PoolListener listener, PoolIntegrations integrations) throws IOException {
		PrivateDirectory directory = PrivateDirectory.create();
		try {
			return new PoolRun(config, coreSize, maxSize, maxHeap, values, listener, integrations, directory);
		}
		catch (OutOfMemoryError ex) {
			directory.close();
			throw new IOException(
					"Pool '" + config.name() + "' cannot begin: " + ex + MachineFaults.remedy(ex, config.settings()),
					ex);
		}
	}

	Dispatcher dispatcher() {
		return this.dispatcher;
	}

	void startCore() {
		this.staff.fillCore();
	}

	void resize(int coreSize, int maxSize) {
		this.state.lock.lock();
		try {
			this.staff.resize(coreSize, maxSize);
			this.retirement.shrink();
			this.staff.fill();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	boolean retire(int workerId) {
		return this.retirement.request(workerId);
	}

	Inspection inspection() {
		return this.inspection;
	}

	PoolSnapshot snapshot() {
		this.state.lock.lock();
		try {
			List<WorkerSnapshot> workers = this.state.workers.all().stream().map(Worker::snapshot).toList();
			return new PoolSnapshot(this.config.name(), this.state.coreSize, this.state.maxSize,
					this.state.queue.size(), this.state.queue.bytes(), workers, this.undertaker.lastExits(),
					this.state.startFailures.latest());
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Drains, cancels and kills, in this order, within the time given.
	 */
	void stop(Duration timeout) {
		this.stopper = Thread.currentThread();
		try {
			end(timeout);
		}
		finally {
			this.stopped.countDown();
		}
	}

	/**
	 * Waits for the end of a stop that another thread has begun.
	 * @param timeout what the stop was given
	 */
	void awaitStop(Duration timeout) {
		if (this.stopper == Thread.currentThread()) {
			// Called back by what it is about to end
			return;
		}
		try {
			if (!this.stopped.await(Shutdown.longestNanos(timeout), TimeUnit.NANOSECONDS)) {
				logger.debug("pool {}: its stop by {} has not ended", this.config.name(), this.stopper);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void end(Duration timeout) {
		boolean interrupted = this.shutdown.run(timeout);
		this.logs.close();
		this.completions.close();
		this.clock.shutdownNow();
		this.completionThreads.shutdown();
		this.chores.shutdown();
		try {
			this.directory.close();
		}
		catch (IOException ex) {
			logger.debug("pool {}: cannot delete its private directory", this.config.name(), ex);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
