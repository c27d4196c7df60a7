package io.github.processpool.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.engine.ManagedPool;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the pools with the context. Everything that may call a pool, executors
 * and web server, stops before them; a context may be stopped and started again.
 */
final class ProcessPoolLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

	/** Executors stop at half of the largest number, the web server at 2048 below it. */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final List<ManagedPool> pools = new ArrayList<>();

	private final boolean eager;

	private volatile boolean running;

	private volatile boolean ready;

	ProcessPoolLifecycle(ProcessPools pools, boolean eager) {
		for (ProcessPool pool : pools) {
			if (pool instanceof ManagedPool managed) {
				this.pools.add(managed);
			}
		}
		this.eager = eager;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void start() {
		this.pools.forEach(ManagedPool::start);
		this.running = true;
		if (this.ready) {
			startWorkers();
		}
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.ready = true;
		startWorkers();
	}

	private void startWorkers() {
		if (this.eager) {
			this.pools.forEach(ManagedPool::startWorkers);
		}
	}

	@Override
	public void stop() {
		CountDownLatch stopped = new CountDownLatch(1);
		stop(stopped::countDown);
		try {
			stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stops all pools at the same time, each within its own shutdown timeout.
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		List<Thread> threads = this.pools.stream().map(ProcessPoolLifecycle::stopper).toList();
		Thread waiter = new Thread(() -> {
			try {
				for (Thread thread : threads) {
					thread.join();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				callback.run();
			}
		}, "processpool-stop");
		threads.forEach(Thread::start);
		waiter.start();
	}

	private static Thread stopper(ManagedPool pool) {
		return new Thread(pool::stop, "processpool-" + pool.getName() + "-stop");
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
