package io.github.processpool.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.processpool.ProcessPoolException;
import org.jspecify.annotations.Nullable;

/**
 * Looks into workers for people who want to know what they are doing. Safe for use by
 * many threads.
 */
final class Inspection {

	/** A worker that cannot answer within that time is stuck in native code. */
	private static final long DUMP_SECONDS = 5;

	/** A histogram needs a full garbage collection first. */
	private static final long HISTOGRAM_SECONDS = 30;

	private final String pool;

	private final PoolState state;

	private final ScheduledExecutorService clock;

	private final Executor executor;

	Inspection(String pool, PoolState state, ScheduledExecutorService clock, Executor executor) {
		this.pool = pool;
		this.state = state;
		this.clock = clock;
		this.executor = executor;
	}

	CompletableFuture<String> threadDump(int workerId) {
		return ask(workerId, "thread dump", DUMP_SECONDS, WorkerConnection::dump);
	}

	CompletableFuture<String> heapHistogram(int workerId) {
		return ask(workerId, "heap histogram", HISTOGRAM_SECONDS, WorkerConnection::histogram);
	}

	private CompletableFuture<String> ask(int workerId, String what, long seconds,
			Function<WorkerConnection, CompletableFuture<String>> question) {
		Worker worker = find(workerId);
		if (worker == null) {
			return CompletableFuture.failedFuture(noWorker(this.pool, workerId));
		}
		CompletableFuture<String> answer = question.apply(worker.connection());
		// Not orTimeout: all of the JVM shares its thread, which others may block
		this.clock.schedule(
				() -> answer.completeExceptionally(
						new ProcessPoolException("Worker " + workerId + " of pool '" + this.pool + "' (pid "
								+ worker.process().pid() + ") did not send a " + what + " within " + seconds + " s")),
				seconds, TimeUnit.SECONDS);
		// Callbacks of the caller must not keep the I/O thread from reading results
		return answer.thenApplyAsync(Function.identity(), this.executor);
	}

	private @Nullable Worker find(int workerId) {
		this.state.lock.lock();
		try {
			return this.state.workers.all()
				.stream()
				.filter((worker) -> worker.id() == workerId && worker.isConnected())
				.findAny()
				.orElse(null);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	static IllegalArgumentException noWorker(String pool, int workerId) {
		return new IllegalArgumentException("Pool '" + pool + "' has no worker " + workerId + " that is ready");
	}

}
