package io.github.processpool.benchmarks.calls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;

/**
 * A contender that is written in Java: does the workloads by calls.
 */
public abstract class CallingContender implements Contender {

	private static final int MOST_LATENCIES = 2_000_000;

	abstract int call(int value) throws Exception;

	abstract Future<Integer> submit(int value);

	abstract byte[] echo(byte[] value) throws Exception;

	abstract List<Item> echo(List<Item> value) throws Exception;

	abstract Future<Integer> burn(int millis);

	/**
	 * Makes a call and waits for it.
	 * @throws Exception if it fails
	 */
	public void firstCall() throws Exception {
		expect(call(1), 1);
	}

	@Override
	public double[] measure(Workload workload, Duration time) throws Exception {
		long nanos = time.toNanos();
		return switch (workload) {
			case ONE_AT_A_TIME -> oneAtATime(nanos, this::call);
			case FLOOD -> new double[] { flood(nanos, Workload.IN_FLIGHT) };
			case ECHO_64_KIB, ECHO_1_MIB, ECHO_16_MIB -> new double[] { echo(nanos, workload.bytes()) };
			case RECORDS -> new double[] { records(nanos) };
			case PROCESSOR_TIME -> new double[] { processorTime(nanos) };
		};
	}

	static double[] oneAtATime(long time, Call call) throws Exception {
		long[] latencies = new long[MOST_LATENCIES];
		int count = 0;
		long begin = System.nanoTime();
		for (long start = begin; start - begin < time && count < latencies.length;) {
			expect(call.call(count), count);
			long end = System.nanoTime();
			latencies[count++] = end - start;
			start = end;
		}
		return new double[] { Percentiles.of(latencies, count, 0.5) / 1e3,
				Percentiles.of(latencies, count, 0.99) / 1e3 };
	}

	/**
	 * Makes calls without waiting for each.
	 * @param time nanoseconds
	 * @param inFlight calls that are waited for at any time
	 * @return calls per second
	 * @throws Exception if one fails
	 */
	public double flood(long time, int inFlight) throws Exception {
		List<Future<Integer>> ring = new ArrayList<>(inFlight);
		long begin = System.nanoTime();
		for (int i = 0; i < inFlight; i++) {
			ring.add(submit(i));
		}
		int sent = inFlight;
		while ((sent & 63) != 0 || System.nanoTime() - begin < time) {
			int slot = sent % inFlight;
			expect(ring.get(slot).get(), sent - inFlight);
			ring.set(slot, submit(sent++));
		}
		for (int i = 0; i < inFlight; i++) {
			int slot = (sent + i) % inFlight;
			expect(ring.get(slot).get(), sent + i - inFlight);
		}
		return sent / ((System.nanoTime() - begin) / 1e9);
	}

	private double echo(long time, int bytes) throws Exception {
		byte[] value = new byte[bytes];
		Arrays.fill(value, (byte) 7);
		long begin = System.nanoTime();
		long count = 0;
		while (System.nanoTime() - begin < time) {
			byte[] echo = echo(value);
			expect(echo.length, bytes);
			expect(echo[bytes - 1], value[bytes - 1]);
			count++;
		}
		return count * bytes / ((System.nanoTime() - begin) / 1e9) / 1e6;
	}

	private double records(long time) throws Exception {
		List<Item> items = Item.list(Workload.RECORD_COUNT);
		long[] latencies = new long[MOST_LATENCIES];
		int count = 0;
		long begin = System.nanoTime();
		for (long start = begin; start - begin < time;) {
			List<Item> echo = echo(items);
			long end = System.nanoTime();
			latencies[count++] = end - start;
			if (!echo.equals(items)) {
				throw new IllegalStateException("other records came back");
			}
			start = System.nanoTime();
		}
		return Percentiles.of(latencies, count, 0.5) / 1e6;
	}

	private double processorTime(long time) throws Exception {
		int processors = Runtime.getRuntime().availableProcessors();
		long perTask = Workload.TASK_MILLIS * 1_000_000L;
		int tasks = (int) Math.max(2, Math.min(Workload.TASK_COUNT, time * processors / perTask));
		long begin = System.nanoTime();
		List<Future<Integer>> futures = new ArrayList<>(tasks);
		for (int i = 0; i < tasks; i++) {
			futures.add(burn(Workload.TASK_MILLIS));
		}
		for (Future<Integer> future : futures) {
			expect(future.get(), Workload.TASK_MILLIS);
		}
		long elapsed = System.nanoTime() - begin;
		return 100.0 * tasks * perTask / Math.min(processors, Contenders.WORKERS) / elapsed;
	}

	private static void expect(int value, int expected) {
		if (value != expected) {
			throw new IllegalStateException(value + " came back instead of " + expected);
		}
	}

	/**
	 * A no-op call that is waited for.
	 */
	@FunctionalInterface
	interface Call {

		int call(int value) throws Exception;

	}

}
