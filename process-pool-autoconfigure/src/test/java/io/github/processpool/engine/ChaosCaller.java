package io.github.processpool.engine;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;

/**
 * A caller that waits for each of its tasks, often for many quick ones in a row, and is
 * interrupted now and then.
 */
final class ChaosCaller implements Runnable {

	private final ProcessPool pool;

	private final ChaosLoad load;

	private final Random random;

	private final CountDownLatch over;

	ChaosCaller(ProcessPool pool, ChaosLoad load, Random random, CountDownLatch over) {
		this.pool = pool;
		this.load = load;
		this.random = random;
		this.over = over;
	}

	@Override
	public void run() {
		ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor();
		try {
			while (!this.over.await(this.random.nextInt(50), TimeUnit.MILLISECONDS)) {
				for (int i = this.random.nextInt(40); i > 0; i--) {
					call(this.load.prepare(ChaosKind.QUICK, this.random), null);
				}
				call(this.load.prepare(ChaosKind.draw(this.random), this.random),
						(this.random.nextInt(3) == 0) ? alarm : null);
			}
		}
		catch (InterruptedException | RuntimeException | Error ex) {
			this.load.account().complain("calling failed: " + ex);
		}
		finally {
			alarm.shutdownNow();
		}
	}

	private void call(ChaosEntry entry, ScheduledExecutorService alarm) throws InterruptedException {
		ScheduledFuture<?> interrupt = null;
		if (alarm != null) {
			Thread thread = Thread.currentThread();
			entry.meddle("interrupt");
			interrupt = alarm.schedule(thread::interrupt, this.random.nextInt(200), TimeUnit.MILLISECONDS);
		}
		try {
			entry.future().complete(this.pool.call(entry.task(), entry.options()));
		}
		catch (ExecutionException ex) {
			entry.future().completeExceptionally(ex.getCause());
		}
		catch (RuntimeException | InterruptedException ex) {
			entry.future().completeExceptionally(ex);
		}
		if (interrupt != null && !interrupt.cancel(false)) {
			// It has fired or is about to
			awaitDone(interrupt);
			Thread.interrupted();
		}
		this.load.book(entry);
	}

	private static void awaitDone(ScheduledFuture<?> interrupt) {
		while (true) {
			try {
				interrupt.get();
				return;
			}
			catch (InterruptedException ex) {
				// This is what is awaited
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
