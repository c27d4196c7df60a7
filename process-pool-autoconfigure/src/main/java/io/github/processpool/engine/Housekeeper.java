package io.github.processpool.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the workers at regular intervals: retires the idle and the old, asks each
 * whether it is still there, and kills those that do not answer.
 */
final class Housekeeper {

	private static final Logger logger = LoggerFactory.getLogger(Housekeeper.class);

	/** More often would burn an idle machine, less often would make limits imprecise. */
	private static final long SHORTEST_MILLIS = 50;

	private static final long LONGEST_MILLIS = 5000;

	/** A tick that is later than this was held up. */
	private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final PoolConfig config;

	private final PoolState state;

	private final Retirement retirement;

	private final RetirementPolicy policy;

	private final TaskStopper stopper;

	private final ScheduledExecutorService clock;

	private final long intervalMillis;

	/** How old what is known of a worker may become. */
	private final long pingNanos;

	// Confined to the clock

	private long lastNanos = System.nanoTime();

	private long pingedNanos = this.lastNanos;

	Housekeeper(PoolConfig config, PoolState state, Retirement retirement, RetirementPolicy policy, TaskStopper stopper,
			ScheduledExecutorService clock) {
		this.config = config;
		this.state = state;
		this.retirement = retirement;
		this.policy = policy;
		this.stopper = stopper;
		this.clock = clock;
		this.intervalMillis = interval(config);
		this.pingNanos = TimeUnit.MILLISECONDS.toNanos(pingMillis(config));
	}

	void start() {
		this.clock.scheduleWithFixedDelay(this::tick, this.intervalMillis, this.intervalMillis, TimeUnit.MILLISECONDS);
	}

	private static long interval(PoolConfig config) {
		long millis = Math.min(pingMillis(config), millis(config.keepAlive()) / 2);
		if (!config.maxLifetime().isZero()) {
			millis = Math.min(millis, millis(config.maxLifetime()) / 4);
		}
		return Math.max(SHORTEST_MILLIS, millis);
	}

	private static long pingMillis(PoolConfig config) {
		Duration timeout = config.worker().heartbeatTimeout();
		long millis = timeout.isZero() ? LONGEST_MILLIS : Math.min(LONGEST_MILLIS, millis(timeout) / 4);
		return Math.max(SHORTEST_MILLIS, millis);
	}

	private static long millis(Duration duration) {
		return TimeUnit.MILLISECONDS.convert(duration);
	}

	private void tick() {
		try {
			this.retirement.review(this.config.keepAlive());
			listen();
		}
		catch (Throwable ex) {
			// An exception would end all further ticks
			logger.warn("pool {}: housekeeping failed", this.config.name(), ex);
		}
	}

	private void listen() {
		long now = System.nanoTime();
		boolean late = now - this.lastNanos > 2 * TimeUnit.MILLISECONDS.toNanos(this.intervalMillis) + LATE_NANOS;
		this.lastNanos = now;
		// Ticks come at about the same distances, not exactly
		boolean ping = now - this.pingedNanos
				+ TimeUnit.MILLISECONDS.toNanos(this.intervalMillis) / 2 >= this.pingNanos;
		this.pingedNanos = ping ? now : this.pingedNanos;
		long limit = TimeUnit.NANOSECONDS.convert(this.config.worker().heartbeatTimeout());
		for (Worker worker : connected()) {
			WorkerConnection connection = worker.connection();
			if (late) {
				// This JVM itself stood still: nobody could have heard the workers
				connection.excuseSilence();
			}
			if (limit > 0 && connection.silentNanos() > limit) {
				this.stopper.kill(worker, ExitReason.UNRESPONSIVE);
			}
			else if (ping && mayCollect(worker)) {
				connection.collect();
			}
			else if (ping) {
				connection.ping();
			}
		}
	}

	/**
	 * Whether to ask a worker to collect garbage; once after any number of tasks.
	 */
	private boolean mayCollect(Worker worker) {
		this.state.lock.lock();
		try {
			boolean collect = this.policy.wantsCollection(worker);
			if (collect) {
				worker.collecting();
			}
			return collect;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private List<Worker> connected() {
		List<Worker> workers = new ArrayList<>();
		this.state.lock.lock();
		try {
			for (Worker worker : this.state.workers.all()) {
				if (worker.isConnected()) {
					workers.add(worker);
					if (worker.sent().size() > 0) {
						worker.connection().results().rescue();
					}
				}
			}
		}
		finally {
			this.state.lock.unlock();
		}
		return workers;
	}

}
