package io.github.processpool.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStatistics;
import io.github.processpool.protocol.Heartbeat;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.ResultKind;

/**
 * What the connection of one worker tells the pool. Called by the worker's I/O thread,
 * but for results, which a caller may read.
 */
final class WorkerEvents implements WorkerConnection.Events {

	private final Worker worker;

	private final PoolState state;

	private final Distribution distribution;

	private final Retirement retirement;

	private final Losses losses;

	private final Undertaker undertaker;

	private final ResultDecoder decoder;

	// Confined to whoever reads results
	private final List<Assignment> send = new ArrayList<>();

	WorkerEvents(Worker worker, PoolState state, Distribution distribution, Retirement retirement, Losses losses,
			Undertaker undertaker, ResultDecoder decoder) {
		this.worker = worker;
		this.state = state;
		this.distribution = distribution;
		this.retirement = retirement;
		this.losses = losses;
		this.undertaker = undertaker;
		this.decoder = decoder;
	}

	@Override
	public void result(long dispatchId, ResultKind kind, byte[] body) throws ProtocolException {
		Assignment ended;
		this.state.lock.lock();
		try {
			ended = this.worker.sent().first();
			if (ended == null || ended.id() != dispatchId) {
				throw new ProtocolException(
						"a result came for task " + dispatchId + ", which this worker does not run");
			}
			this.distribution.ended(this.worker);
			this.retirement.ended(this.worker, kind == ResultKind.OUT_OF_MEMORY, this.send);
			this.worker.connection().results().noteResult(ended.task().isAwaited() && this.worker.sent().size() == 0);
		}
		finally {
			this.state.lock.unlock();
		}
		// The worker has work before anybody looks at the result
		this.send.forEach(this::send);
		this.send.clear();
		settle(ended, kind, body);
	}

	/**
	 * What is for this worker goes out together with what the next results bring.
	 */
	private void send(Assignment next) {
		if (next.worker() == this.worker) {
			this.worker.connection().flushSoon();
		}
		else {
			next.send();
		}
	}

	private void settle(Assignment ended, ResultKind kind, byte[] body) {
		PendingTask<?> task = ended.task();
		task.received(body.length);
		if (kind == ResultKind.OUT_OF_MEMORY) {
			task.settle(() -> this.undertaker.outOfMemory(ended, this.decoder.throwable(body)));
		}
		else {
			task.settle(() -> this.decoder.decode(kind, body, task.info()));
		}
	}

	@Override
	public void pong(byte[] body) throws ProtocolException {
		Heartbeat heartbeat = Heartbeat.decode(body);
		WorkerSnapshot snapshot;
		this.state.lock.lock();
		try {
			this.worker.report(statistics(heartbeat));
			snapshot = this.worker.snapshot();
		}
		finally {
			this.state.lock.unlock();
		}
		this.undertaker.alive(snapshot);
	}

	private static WorkerStatistics statistics(Heartbeat heartbeat) {
		return new WorkerStatistics(Instant.now(), heartbeat.residentBytes(), heartbeat.heapUsed(),
				heartbeat.heapAfterGc(), heartbeat.heapCommitted(), heartbeat.heapMax(),
				Duration.ofMillis(heartbeat.gcMillis()), heartbeat.gcCount(),
				Duration.ofNanos(Math.max(0, heartbeat.cpuNanos())), heartbeat.threads());
	}

	@Override
	public void closing() {
		this.losses.closing(this.worker);
	}

	@Override
	public void closed(IOException cause) {
		this.losses.lost(this.worker, cause);
	}

}
