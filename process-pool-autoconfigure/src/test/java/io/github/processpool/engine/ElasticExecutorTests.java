package io.github.processpool.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * There are no threads for a while.
 */
@Timeout(20)
class ElasticExecutorTests {

	private final AtomicBoolean exhausted = new AtomicBoolean();

	private final AtomicInteger refused = new AtomicInteger();

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);

	private final ThreadFactory threads = (task) -> {
		if (this.exhausted.get()) {
			this.refused.incrementAndGet();
			throw new OutOfMemoryError("unable to create native thread");
		}
		return new Thread(task);
	};

	private final ElasticExecutor executor = new ElasticExecutor(this.threads, this.clock);

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.clock.shutdownNow();
	}

	@Test
	void taskShouldRunOnceThereIsAThread() throws Exception {
		CountDownLatch ran = new CountDownLatch(3);
		this.exhausted.set(true);
		for (int i = 0; i < 3; i++) {
			this.executor.execute(ran::countDown);
		}
		assertThat(ran.await(250, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(this.refused).hasValueGreaterThan(3);
		this.exhausted.set(false);
		assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void taskThatWaitsForAThreadShouldRunAtTheShutdown() {
		AtomicInteger ran = new AtomicInteger();
		this.exhausted.set(true);
		this.executor.execute(ran::incrementAndGet);
		this.clock.shutdownNow();
		this.executor.shutdown();
		assertThat(ran).hasValue(1);
	}

	@Test
	void taskAfterTheShutdownShouldRunWhereItIsSubmitted() {
		AtomicInteger ran = new AtomicInteger();
		this.executor.shutdown();
		this.executor.execute(ran::incrementAndGet);
		assertThat(ran).hasValue(1);
	}

}
