package io.github.processpool.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.github.processpool.ProcessPool;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * Submits random tasks and waits for every one of them, for as long as it may take but no
 * longer.
 */
final class ChaosLoad {

	/** By then the outcome of any task has to be known. */
	static final Duration BOUND = Duration.ofSeconds(60);

	/** More than pool and queue take, so that some tasks are rejected. */
	private static final int IN_FLIGHT = 40;

	private static final int LARGEST = 2 * 1024 * 1024;

	private final ProcessPool pool;

	private final ChaosAccount account;

	private final Path trace;

	private final Semaphore permits = new Semaphore(IN_FLIGHT);

	private final BlockingQueue<ChaosEntry> open = new LinkedBlockingQueue<>();

	/** Some of the latest tasks, for those who want to meddle with them. */
	private final AtomicReferenceArray<ChaosEntry> latest = new AtomicReferenceArray<>(16);

	private final CountDownLatch over;

	ChaosLoad(ProcessPool pool, ChaosAccount account, Path trace, CountDownLatch over) {
		this.pool = pool;
		this.account = account;
		this.trace = trace;
		this.over = over;
	}

	ChaosAccount account() {
		return this.account;
	}

	@Nullable ChaosEntry random(Random random) {
		return this.latest.get(random.nextInt(this.latest.length()));
	}

	/**
	 * Submits until it is over.
	 */
	void submit(Random random) {
		try {
			while (!this.over.await(random.nextInt(6), TimeUnit.MILLISECONDS)) {
				this.permits.acquire();
				ChaosEntry entry = submitOne(random);
				if (entry.future().isCompletedExceptionally()) {
					// Refused: as busy callers do, it lets the pool come to its senses
					this.over.await(random.nextInt(200), TimeUnit.MILLISECONDS);
				}
				else if (random.nextInt(8) == 0) {
					// The way of a caller that waits is another than that of a callback
					waitFor(entry);
				}
			}
		}
		catch (InterruptedException | RuntimeException | Error ex) {
			this.account.complain("submitting failed: " + ex);
		}
	}

	ChaosEntry submitOne(Random random) {
		ChaosKind kind = ChaosKind.draw(random);
		ChaosEntry entry = submit(kind, amount(kind, random), options(kind, random));
		burden(entry.future(), random);
		this.latest.set(random.nextInt(this.latest.length()), entry);
		return entry;
	}

	private static int amount(ChaosKind kind, Random random) {
		return switch (kind) {
			case ECHO -> random.nextInt((random.nextInt(4) == 0) ? LARGEST : 64 * 1024);
			case SLEEP -> random.nextInt(150);
			case BUSY -> 1 + random.nextInt(500);
			default -> 0;
		};
	}

	/**
	 * Makes a task for a caller that waits, which tells its outcome by completing the
	 * future of the entry.
	 */
	ChaosEntry prepare(ChaosKind kind, Random random) {
		ChaosTask task = new ChaosTask(kind, this.account.submit(), amount(kind, random), this.trace);
		return new ChaosEntry(task, options(kind, random), new CompletableFuture<>());
	}

	/**
	 * Submits a task that nobody meddles with.
	 */
	ChaosEntry submit(ChaosKind kind, int amount, TaskOptions options) {
		ChaosTask task = new ChaosTask(kind, this.account.submit(), amount, this.trace);
		ChaosEntry entry = new ChaosEntry(task, options, this.pool.submit(task, options));
		this.open.add(entry);
		return entry;
	}

	private static TaskOptions options(ChaosKind kind, Random random) {
		TaskOptions options = TaskOptions.defaults();
		if (kind == ChaosKind.SPIN || random.nextInt(8) == 0) {
			options = options.withTaskTimeout(Duration.ofMillis(20 + random.nextInt(300)));
		}
		if (random.nextInt(8) == 0) {
			options = options.withQueueTimeout(Duration.ofMillis(1 + random.nextInt(300)));
		}
		return (random.nextInt(3) == 0) ? options.withIdempotent(1 + random.nextInt(4)) : options;
	}

	/**
	 * Adds callbacks that block or fail, now and then.
	 */
	private void burden(CompletableFuture<Object> future, Random random) {
		switch (random.nextInt(60)) {
			case 0 -> future.whenComplete((value, failure) -> block(500));
			case 1 -> future.whenComplete((value, failure) -> {
				throw new IllegalStateException("a callback that fails");
			});
			case 2 -> future.whenComplete((value, failure) -> {
				throw new StackOverflowError("a callback that fails badly");
			});
			case 3 -> future.thenRun(this::submitFromCallback);
			default -> {
				// Most have none
			}
		}
	}

	private void submitFromCallback() {
		if (this.over.getCount() > 0 && this.permits.tryAcquire()) {
			submit(ChaosKind.QUICK, 0, TaskOptions.defaults());
		}
	}

	private void block(long millis) {
		try {
			this.over.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void waitFor(ChaosEntry entry) throws InterruptedException {
		try {
			entry.future().get(entry.task().id() % 50, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | CancellationException | TimeoutException ex) {
			// The account sees it in its turn
		}
	}

	/**
	 * Books the outcome of every task until it is over and there is none left.
	 */
	void book() {
		try {
			while (this.over.getCount() > 0 || !this.open.isEmpty()) {
				ChaosEntry entry = this.open.poll(100, TimeUnit.MILLISECONDS);
				if (entry != null) {
					book(entry);
					this.permits.release();
				}
			}
		}
		catch (InterruptedException | RuntimeException | Error ex) {
			this.account.complain("booking failed: " + ex);
		}
	}

	/**
	 * Books the outcome of a task.
	 */
	void book(ChaosEntry entry) throws InterruptedException {
		try {
			this.account.see(entry, outcome(entry));
		}
		catch (TimeoutException ex) {
			this.account.complain("no outcome within " + BOUND + ": " + entry + "\n" + this.pool.snapshot() + "\n"
					+ ChaosIntegrationTests.threads());
		}
		catch (AssertionError ex) {
			this.account.complain(ex + ((ex.getCause() != null) ? ", cause: " + trace(ex.getCause()) : ""));
		}
	}

	private static Outcome outcome(ChaosEntry entry) throws InterruptedException, TimeoutException {
		try {
			return entry.judgeValue(entry.future().get(BOUND.toSeconds(), TimeUnit.SECONDS));
		}
		catch (CancellationException ex) {
			return entry.judgeFailure(ex);
		}
		catch (ExecutionException ex) {
			return entry.judgeFailure(ex.getCause());
		}
	}

	private static String trace(Throwable failure) {
		java.io.StringWriter text = new java.io.StringWriter();
		failure.printStackTrace(new java.io.PrintWriter(text));
		return text.toString();
	}

}
