package io.github.processpool.aop;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;
import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPool;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

/**
 * What a call costs in memory and in system calls. Unlike time, both are the same on any
 * machine and under any load, so that a limit can be close to what is. Limits have room
 * for a third more, and not for twice as much: whoever makes calls cheaper lowers them.
 */
@SpringBootTest(properties = { "process-pool.core-size=1", "process-pool.max-size=1",
		"process-pool.worker.max-heap=96MB", "process-pool.queue-capacity=20000", "process-pool.shutdown-timeout=5s" })
@DirtiesContext
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class CallCostIntegrationTests {

	private static final int CALLS = 20_000;

	private static final int IN_FLIGHT = 1000;

	private static final Path SELF = Path.of("/proc/self/io");

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Autowired
	private Echo echo;

	@Autowired
	private ProcessPool pool;

	private Path worker = SELF;

	@BeforeEach
	void warmUp() throws Exception {
		oneAtATime();
		flood();
		this.worker = Path.of("/proc", String.valueOf(this.pool.snapshot().workers().get(0).pid()), "io");
	}

	@Test
	void oneCallAtATimeShouldCostOneMessageEachWay() throws Exception {
		Cost cost = measure(this::oneAtATime);
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(cost.bytes()).as("bytes allocated").isLessThan(5200);
			softly.assertThat(cost.writes()).as("writes").isLessThan(1.4);
			softly.assertThat(cost.reads()).as("reads").isLessThan(1.5);
			// Not its reads: it looks for the next task many times
			softly.assertThat(cost.workerWrites()).as("writes of the worker").isLessThan(1.4);
		});
	}

	@Test
	void manyCallsInFlightShouldShareMessages() throws Exception {
		Cost cost = measure(this::flood);
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(cost.bytes()).as("bytes allocated").isLessThan(5200);
			// How many share one depends on the machine; without sharing it is 1
			softly.assertThat(cost.writes()).as("writes").isLessThan(0.4);
			softly.assertThat(cost.reads()).as("reads").isLessThan(0.7);
			softly.assertThat(cost.workerWrites()).as("writes of the worker").isLessThan(0.4);
			softly.assertThat(cost.workerReads()).as("reads of the worker").isLessThan(0.4);
		});
	}

	private Cost measure(Load load) throws Exception {
		long allocated = allocated();
		long[] here = systemCalls(SELF);
		long[] there = systemCalls(this.worker);
		load.run();
		long[] thereNow = systemCalls(this.worker);
		long[] hereNow = systemCalls(SELF);
		return new Cost((double) (allocated() - allocated) / CALLS, (double) (hereNow[1] - here[1]) / CALLS,
				(double) (hereNow[0] - here[0]) / CALLS, (double) (thereNow[1] - there[1]) / CALLS,
				(double) (thereNow[0] - there[0]) / CALLS);
	}

	private void oneAtATime() throws Exception {
		for (int i = 0; i < CALLS; i++) {
			// Not assertThat, which allocates
			if (this.echo.echo(i).get() != i) {
				throw new IllegalStateException("another answer");
			}
		}
	}

	private void flood() throws Exception {
		Deque<CompletableFuture<Integer>> inFlight = new ArrayDeque<>();
		for (int i = 0; i < CALLS; i++) {
			if (inFlight.size() == IN_FLIGHT) {
				inFlight.remove().get();
			}
			inFlight.add(this.echo.echo(i));
		}
		for (CompletableFuture<Integer> future : inFlight) {
			future.get();
		}
	}

	/** Bytes that all threads of this JVM have allocated. */
	private long allocated() {
		return Arrays.stream(this.threads.getThreadAllocatedBytes(this.threads.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	/** System calls that read and that write, of all threads of a process. */
	private static long[] systemCalls(Path io) throws IOException {
		long[] counts = new long[2];
		for (String line : Files.readAllLines(io)) {
			if (line.startsWith("syscr:")) {
				counts[0] = Long.parseLong(line.substring(7));
			}
			else if (line.startsWith("syscw:")) {
				counts[1] = Long.parseLong(line.substring(7));
			}
		}
		return counts;
	}

	@FunctionalInterface
	private interface Load {

		void run() throws Exception;

	}

	/**
	 * Per call.
	 *
	 * @param bytes allocated in the parent
	 * @param writes system calls of the parent that write
	 * @param reads its system calls that read
	 * @param workerWrites those of the worker that write
	 * @param workerReads those of the worker that read
	 */
	record Cost(double bytes, double writes, double reads, double workerWrites, double workerReads) {

	}

	static class Echo {

		@DeferToProcess
		CompletableFuture<Integer> echo(int value) {
			return CompletableFuture.completedFuture(value);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ProcessPoolAutoConfiguration.class)
	static class Config {

		@Bean
		Echo echo() {
			return new Echo();
		}

	}

}
