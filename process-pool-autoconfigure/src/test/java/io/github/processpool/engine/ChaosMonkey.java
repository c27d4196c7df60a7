package io.github.processpool.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;

/**
 * Does to the pool what machines and users do: kills, stops and continues workers, loses
 * interest in tasks, and changes the size.
 */
final class ChaosMonkey implements Runnable {

	static final int MAX_SIZE = 3;

	private final ProcessPool pool;

	private final ChaosLoad load;

	private final Random random;

	private final CountDownLatch over;

	private final Deque<Long> frozen = new ArrayDeque<>();

	ChaosMonkey(ProcessPool pool, ChaosLoad load, Random random, CountDownLatch over) {
		this.pool = pool;
		this.load = load;
		this.random = random;
		this.over = over;
	}

	@Override
	public void run() {
		try {
			while (!this.over.await(10 + this.random.nextInt(120), TimeUnit.MILLISECONDS)) {
				act();
			}
			while (!this.frozen.isEmpty()) {
				thaw();
			}
			this.pool.resize(1, MAX_SIZE);
		}
		catch (IOException | InterruptedException | RuntimeException | Error ex) {
			this.load.account().complain("the chaos itself failed: " + ex);
		}
	}

	private void act() throws IOException, InterruptedException {
		switch (this.random.nextInt(32)) {
			case 0, 1 -> child(randomPid()).ifPresent(ProcessHandle::destroyForcibly);
			case 2 -> child(randomPid()).ifPresent(ProcessHandle::destroy);
			case 3, 4 -> freeze();
			case 5, 6 -> thaw();
			case 7, 8 -> resize();
			default -> loseInterest();
		}
	}

	private void freeze() throws IOException, InterruptedException {
		long pid = randomPid();
		if (signal("-STOP", pid)) {
			this.frozen.add(pid);
		}
	}

	private void thaw() throws IOException, InterruptedException {
		Long pid = this.frozen.poll();
		if (pid != null) {
			signal("-CONT", pid);
		}
	}

	private static boolean signal(String name, long pid) throws IOException, InterruptedException {
		return child(pid).isPresent() && new ProcessBuilder("kill", name, Long.toString(pid)).redirectErrorStream(true)
			.start()
			.waitFor() == 0;
	}

	private void resize() {
		int maxSize = 1 + this.random.nextInt(MAX_SIZE);
		this.pool.resize(this.random.nextInt(maxSize + 1), maxSize);
	}

	private void loseInterest() {
		ChaosEntry entry = this.load.random(this.random);
		if (entry == null) {
			return;
		}
		switch (this.random.nextInt(7)) {
			case 0, 1 -> {
				entry.meddle("cancel(true)");
				entry.future().cancel(true);
			}
			case 2, 3 -> {
				entry.meddle("cancel(false)");
				entry.future().cancel(false);
			}
			case 4 -> {
				entry.meddle("complete");
				entry.future().complete(ChaosEntry.FOREIGN_VALUE);
			}
			case 5 -> {
				entry.meddle("completeExceptionally");
				entry.future().completeExceptionally(ChaosEntry.FOREIGN_FAILURE);
			}
			default -> {
				entry.meddle("orTimeout");
				entry.future().orTimeout(this.random.nextInt(50), TimeUnit.MILLISECONDS);
			}
		}
	}

	/**
	 * Mostly spares workers that start: as long as the latest start has failed, the pool
	 * refuses tasks, and little else would happen.
	 */
	private long randomPid() {
		boolean starting = this.random.nextInt(12) == 0;
		List<WorkerSnapshot> workers = this.pool.snapshot()
			.workers()
			.stream()
			.filter((worker) -> starting || worker.state() != WorkerState.STARTING)
			.toList();
		return workers.isEmpty() ? -1 : workers.get(this.random.nextInt(workers.size())).pid();
	}

	/**
	 * The process, if it is still a child of this one: its number may have passed on.
	 */
	private static Optional<ProcessHandle> child(long pid) {
		if (pid <= 0) {
			return Optional.empty();
		}
		return ProcessHandle.of(pid)
			.filter((process) -> process.parent().map(ProcessHandle.current()::equals).orElse(false));
	}

}
