package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Completions} on the threads of a pool.
 */
@Timeout(30)
class CompletionsTests {

	private static final int COUNT = 20_000;

	private ScheduledExecutorService clock;

	private ExecutorService threads;

	private Completions completions;

	@BeforeEach
	void setUp() {
		PoolThreads pool = new PoolThreads("completions", getClass().getClassLoader());
		this.clock = pool.clock();
		this.threads = pool.elastic("completion", this.clock);
		this.completions = new Completions(this.threads, this.clock);
	}

	@AfterEach
	void tearDown() throws InterruptedException {
		this.threads.shutdownNow();
		this.clock.shutdownNow();
		assertThat(this.threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
	}

	@RepeatedTest(5)
	void eachCompletionShouldRunOnceWhoeverHasItAndWheneverItIsClosed() throws InterruptedException {
		AtomicIntegerArray runs = new AtomicIntegerArray(2 * COUNT);
		CountDownLatch ran = new CountDownLatch(2 * COUNT);
		List<Thread> submitters = new ArrayList<>();
		for (int from : new int[] { 0, COUNT }) {
			submitters.add(new Thread(() -> {
				for (int i = from; i < from + COUNT; i++) {
					int index = i;
					this.completions.execute(() -> {
						runs.incrementAndGet(index);
						ran.countDown();
					});
					if (index == 2 * COUNT - 200) {
						this.completions.close();
					}
					if (index % 64 == 0) {
						// Lets the queue run empty now and then
						Thread.yield();
					}
				}
			}));
		}
		submitters.forEach(Thread::start);
		for (Thread submitter : submitters) {
			submitter.join();
		}
		assertThat(ran.await(10, TimeUnit.SECONDS)).as("%d have not run", ran.getCount()).isTrue();
		for (int i = 0; i < runs.length(); i++) {
			assertThat(runs.get(i)).isOne();
		}
	}

	@Test
	void stuckCompletionsShouldHoldUpNoOthers() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		for (int i = 0; i < 5; i++) {
			this.completions.execute(() -> await(release));
			CountDownLatch ran = new CountDownLatch(1);
			this.completions.execute(ran::countDown);
			assertThat(ran.await(5, TimeUnit.SECONDS)).as("behind %d that are stuck", i + 1).isTrue();
		}
		release.countDown();
	}

	@RepeatedTest(20)
	void closingShouldStrandNothingBehindAStuckCompletion() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		this.completions.execute(() -> await(release));
		CountDownLatch ran = new CountDownLatch(100);
		Thread submitter = new Thread(() -> {
			for (int i = 0; i < 100; i++) {
				this.completions.execute(ran::countDown);
			}
		});
		submitter.start();
		this.completions.close();
		this.clock.shutdownNow();
		submitter.join();
		assertThat(ran.await(5, TimeUnit.SECONDS)).as("%d are stranded", ran.getCount()).isTrue();
		release.countDown();
	}

	@Test
	void failedCompletionShouldNotKeepOthersFromRunning() throws InterruptedException {
		CountDownLatch ran = new CountDownLatch(1);
		this.completions.execute(() -> {
			throw new IllegalStateException("by intent");
		});
		this.completions.execute(ran::countDown);
		assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
