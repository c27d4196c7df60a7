package io.github.processpool.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how fast events of workers are logged.
 */
class LogQueueTests {

	private static final int BURST = 1000;

	private static final long WORK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

	private final AtomicInteger logged = new AtomicInteger();

	private final LogQueue queue = new LogQueue(new PoolThreads("test", LogQueueTests.class.getClassLoader()));

	@Test
	void burstShouldBeStretched() throws Exception {
		CountDownLatch end = new CountDownLatch(BURST);
		long start = System.nanoTime();
		offer(BURST, end);
		assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofNanos(5 * BURST * WORK_NANOS));
		this.queue.close();
	}

	@Test
	void endShouldBeFastAndLoseNothing() {
		offer(BURST, new CountDownLatch(BURST));
		this.queue.close();
		assertThat(this.logged).hasValue(BURST);
	}

	@Test
	void fullQueueShouldSayThatItIs() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		assertThat(this.queue.isFull(1)).isFalse();
		int taken = 0;
		while (this.queue.offer(0, () -> await(release), () -> {
		})) {
			taken++;
		}
		assertThat(taken).isGreaterThan(9_000);
		assertThat(this.queue.isFull(1)).isTrue();
		release.countDown();
		this.queue.close();
	}

	private void offer(int count, CountDownLatch end) {
		for (int i = 0; i < count; i++) {
			assertThat(this.queue.offer(10, this::work, end::countDown)).isTrue();
		}
	}

	private void work() {
		long start = System.nanoTime();
		while (System.nanoTime() - start < WORK_NANOS) {
			Thread.onSpinWait();
		}
		this.logged.incrementAndGet();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
