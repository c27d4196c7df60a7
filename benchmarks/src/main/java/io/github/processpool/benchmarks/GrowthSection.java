package io.github.processpool.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.management.ThreadMXBean;
import io.github.processpool.benchmarks.calls.CallsService;
import io.github.processpool.benchmarks.calls.Contenders;
import io.github.processpool.benchmarks.calls.Percentiles;
import io.github.processpool.benchmarks.calls.PoolContender;
import io.github.processpool.benchmarks.calls.Workload;

/**
 * How the cost of a call grows with the number of workers, of calls in flight, of callers
 * and with the size of the argument, and how much memory it allocates.
 */
final class GrowthSection {

	private static final int[] WORKERS = { 1, 2, 4, 8 };

	private static final int[] IN_FLIGHT = { 1, 10, 100, 1000, 10_000, 100_000 };

	private static final int[] ARGUMENTS = { 0, 1 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20,
			64 << 20 };

	private static final int[] CALLERS = { 1, 2, 4, 8, 50, 200 };

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Options options;

	private final Recorder recorder;

	private GrowthSection(Options options, Recorder recorder) {
		this.options = options;
		this.recorder = recorder;
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		GrowthSection growth = new GrowthSection(options, recorder);
		for (int workers : WORKERS) {
			try (PoolContender pool = new PoolContender(workers)) {
				growth.workers(pool, workers);
			}
		}
		try (PoolContender pool = new PoolContender(Contenders.WORKERS)) {
			pool.measure(Workload.ONE_AT_A_TIME, options.warmUp());
			pool.measure(Workload.FLOOD, options.warmUp());
			for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
				growth.inFlight(pool, repetition);
				growth.arguments(pool.service(), repetition);
				growth.callers(pool.service(), repetition);
				growth.allocation(pool.service(), repetition);
			}
		}
	}

	private void workers(PoolContender pool, int workers) throws Exception {
		List<Workload> workloads = List.of(Workload.ONE_AT_A_TIME, Workload.FLOOD);
		for (Workload workload : workloads) {
			pool.measure(workload, this.options.warmUp());
		}
		for (int repetition = 1; repetition <= this.options.repetitions(); repetition++) {
			for (Workload workload : workloads) {
				double[] figures = pool.measure(workload, this.options.time());
				this.recorder.record(workload.metrics().get(0) + " by workers", String.valueOf(workers), repetition,
						figures[0]);
			}
		}
	}

	private void inFlight(PoolContender pool, int repetition) throws Exception {
		for (int inFlight : IN_FLIGHT) {
			this.recorder.record("calls/s by calls in flight", String.valueOf(inFlight), repetition,
					pool.flood(this.options.time().toNanos(), inFlight));
		}
	}

	private void arguments(CallsService service, int repetition) throws Exception {
		for (int bytes : ARGUMENTS) {
			byte[] argument = new byte[bytes];
			this.recorder.record("µs by bytes of the argument", String.valueOf(bytes), repetition,
					median(() -> service.length(argument)));
		}
	}

	private double median(Callable<Integer> call) throws Exception {
		Duration time = this.options.time();
		long[] latencies = new long[1_000_000];
		int count = 0;
		long begin = System.nanoTime();
		for (long start = begin; start - begin < time.toNanos();) {
			call.call();
			long end = System.nanoTime();
			latencies[count++] = end - start;
			start = end;
		}
		return Percentiles.of(latencies, count, 0.5) / 1e3;
	}

	private void callers(CallsService service, int repetition) throws Exception {
		for (int callers : CALLERS) {
			ExecutorService executor = Executors.newFixedThreadPool(callers);
			try {
				List<Future<Integer>> counts = new ArrayList<>();
				long begin = System.nanoTime();
				long end = begin + this.options.time().toNanos();
				for (int i = 0; i < callers; i++) {
					counts.add(executor.submit(() -> {
						int count = 0;
						while (System.nanoTime() - end < 0) {
							service.noopNow(count++);
						}
						return count;
					}));
				}
				long calls = 0;
				for (Future<Integer> count : counts) {
					calls += count.get();
				}
				this.recorder.record("calls/s by calling threads", String.valueOf(callers), repetition,
						calls / ((System.nanoTime() - begin) / 1e9));
			}
			finally {
				executor.shutdownNow();
			}
		}
	}

	private void allocation(CallsService service, int repetition) throws Exception {
		int calls = this.options.quick() ? 2000 : 20_000;
		byte[] kibibyte = new byte[1 << 10];
		allocation("a number, future", calls, repetition, () -> service.noop(7).get());
		allocation("a number, plain return", calls, repetition, () -> service.noopNow(7));
		allocation("1 KiB", calls, repetition, () -> service.length(kibibyte));
		allocation("1 KiB and back", calls, repetition, () -> service.echo(kibibyte).length);
	}

	private void allocation(String name, int calls, int repetition, Callable<Integer> call) throws Exception {
		call.call();
		long before = allocated();
		for (int i = 0; i < calls; i++) {
			call.call();
		}
		this.recorder.record("bytes allocated in the parent by call", name, repetition,
				(double) (allocated() - before) / calls);
	}

	private long allocated() {
		return Arrays.stream(this.threads.getThreadAllocatedBytes(this.threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

}
