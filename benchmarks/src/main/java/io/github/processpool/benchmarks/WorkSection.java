package io.github.processpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.github.processpool.benchmarks.calls.FixedWork;
import io.github.processpool.benchmarks.calls.Percentiles;
import io.github.processpool.benchmarks.calls.PoolContender;

/**
 * The same work in a warm worker and in the parent.
 */
final class WorkSection {

	private WorkSection() {
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		try (PoolContender pool = new PoolContender(1, "--process-pool.worker.jvm-args=-Djava.awt.headless=true")) {
			Callable<Integer> here = FixedWork::run;
			Callable<Integer> there = () -> pool.service().fixedWork().get();
			if (!here.call().equals(there.call())) {
				throw new IllegalStateException("The worker's result differs");
			}
			long warmUp = TimeUnit.SECONDS.toMillis(options.quick() ? 3 : 15);
			time(here, warmUp);
			time(there, warmUp);
			for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
				// Turn by turn, so that both have the same neighbours
				List<Double> parent = new ArrayList<>();
				List<Double> worker = new ArrayList<>();
				for (int i = 0; i < (options.quick() ? 4 : 10); i++) {
					parent.add(time(here, 100));
					worker.add(time(there, 100));
				}
				double parentMillis = median(parent);
				double workerMillis = median(worker);
				recorder.record("W9 time", "parent", repetition, parentMillis);
				recorder.record("W9 time", PoolContender.NAME, repetition, workerMillis);
				recorder.record("W9", PoolContender.NAME, repetition, parentMillis / workerMillis);
			}
		}
	}

	private static double time(Callable<Integer> work, long millis) throws Exception {
		int count = 0;
		long begin = System.nanoTime();
		long end = begin;
		while (end - begin < TimeUnit.MILLISECONDS.toNanos(millis)) {
			work.call();
			count++;
			end = System.nanoTime();
		}
		return (end - begin) / 1e6 / count;
	}

	private static double median(List<Double> values) {
		return Percentiles.median(values.stream().mapToDouble(Double::doubleValue).toArray());
	}

}
