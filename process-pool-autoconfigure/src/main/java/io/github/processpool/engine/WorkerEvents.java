package io.github.processpool.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStatistics;
import io.github.processpool.protocol.Frame;
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

	private final List<Assignment> ended = new ArrayList<>();

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
	public void results(List<Frame> frames) throws ProtocolException {
		this.state.lock.lock();
		try {
			for (Frame frame : frames) {
				end(frame.id(), ResultKind.of(frame.flags()));
			}
		}
		finally {
			this.state.lock.unlock();
			// Workers have work before anybody looks at the results
			send();
			settle(frames, 0);
		}
	}

	private void end(long dispatchId, ResultKind kind) throws ProtocolException {
		Assignment first = this.worker.sent().first();
		if (first == null || first.id() != dispatchId) {
			throw new ProtocolException("a result came for task " + dispatchId + ", which this worker does not run");
		}
		// From here on nobody else knows of it
		this.ended.add(first);
		this.distribution.ended(this.worker);
		this.retirement.ended(this.worker, kind == ResultKind.OUT_OF_MEMORY, this.send);
		this.worker.connection().results().noteResult(first.task().isAwaited(), this.worker.sent().size());
	}

	/**
	 * Sends what the results have made room for, all that is for this worker together.
	 */
	private void send() {
		boolean own = false;
		for (int i = 0; i < this.send.size(); i++) {
			Assignment next = this.send.get(i);
			if (next.worker() == this.worker) {
				own = true;
			}
			else {
				next.send();
			}
		}
		this.send.clear();
		if (own) {
			this.worker.connection().flush();
		}
	}

	/**
	 * Settles the tasks that have ended, each of them whatever becomes of the others.
	 */
	private void settle(List<Frame> frames, int from) throws ProtocolException {
		int next = from;
		try {
			while (next < this.ended.size()) {
				settle(this.ended.get(next), frames.get(next++));
			}
			this.ended.clear();
		}
		finally {
			if (!this.ended.isEmpty()) {
				settle(frames, next);
			}
		}
	}

	private void settle(Assignment ended, Frame result) throws ProtocolException {
		PendingTask<?> task = ended.task();
		ResultKind kind = ResultKind.of(result.flags());
		byte[] body = result.body();
		task.received(result.size());
		if (kind == ResultKind.OUT_OF_MEMORY) {
			task.settle(() -> this.undertaker.outOfMemory(ended, this.decoder.throwable(body)));
		}
		else {
			task.settle(() -> this.decoder.decode(kind, body, result.arrays(), task.info()));
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
