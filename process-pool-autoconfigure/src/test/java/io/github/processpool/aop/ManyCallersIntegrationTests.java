package io.github.processpool.aop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerState;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads call the deferred methods of one bean at the same time.
 */
@SpringBootTest(properties = { "process-pool.max-size=2", "process-pool.worker.max-heap=96MB",
		"process-pool.queue-capacity=20000", "process-pool.shutdown-timeout=5s" })
@DirtiesContext
@Timeout(120)
class ManyCallersIntegrationTests {

	private static final int CALLERS = 50;

	private static final int CALLS = 200;

	@Autowired
	private Calculator calculator;

	@Autowired
	private ProcessPool pool;

	@Test
	void everyCallerShouldGetItsAnswersWithoutAThreadForEachCall() throws Exception {
		this.calculator.twice(1);
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		CountDownLatch go = new CountDownLatch(1);
		List<Future<Integer>> answers = new ArrayList<>();
		try {
			for (int caller = 0; caller < CALLERS; caller++) {
				int first = caller * CALLS;
				answers.add(callers.submit(() -> call(go, first)));
			}
			go.countDown();
			int most = 0;
			while (answers.stream().anyMatch((answer) -> !answer.isDone())) {
				most = Math.max(most, poolThreads());
				Thread.onSpinWait();
			}
			int right = 0;
			for (Future<Integer> answer : answers) {
				right += answer.get(10, TimeUnit.SECONDS);
			}
			assertThat(right).isEqualTo(CALLERS * CALLS);
			assertThat(most).as("threads of the pool").isLessThan(20);
			assertThat(this.pool.snapshot().workers(WorkerState.IDLE)).isEqualTo(2);
		}
		finally {
			callers.shutdownNow();
			assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private int call(CountDownLatch go, int first) throws InterruptedException {
		go.await(10, TimeUnit.SECONDS);
		int right = 0;
		for (int number = first; number < first + CALLS; number++) {
			right += (this.calculator.twice(number) == 2 * number) ? 1 : 0;
		}
		return right;
	}

	@Test
	void futuresWithCallbacksShouldNotCostAThreadEach() throws Exception {
		int calls = CALLERS * CALLS;
		CountDownLatch done = new CountDownLatch(calls);
		Set<Integer> wrong = ConcurrentHashMap.newKeySet();
		Set<Long> pids = new HashSet<>();
		int most = 0;
		for (int i = 0; i < calls; i++) {
			int number = i;
			this.calculator.twiceLater(number).whenComplete((answer, failure) -> {
				if (failure != null || answer != 2 * number) {
					wrong.add(number);
				}
				done.countDown();
			});
			most = Math.max(most, poolThreads());
			this.pool.snapshot().workers().forEach((worker) -> pids.add(worker.pid()));
		}
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(wrong).isEmpty();
		assertThat(most).as("threads of the pool").isLessThan(30);
		pids.remove(-1L);
		assertThat(pids).as("workers").hasSizeBetween(1, 2);
	}

	private static int poolThreads() {
		Thread[] threads = new Thread[500];
		int found = Thread.enumerate(threads);
		int count = 0;
		for (int i = 0; i < found; i++) {
			if (threads[i].getName().startsWith("processpool-default-")) {
				count++;
			}
		}
		return count;
	}

	/** Deferred arithmetic. */
	static class Calculator {

		@DeferToProcess
		public int twice(int number) {
			return 2 * number;
		}

		@DeferToProcess
		public CompletableFuture<Integer> twiceLater(int number) {
			return CompletableFuture.completedFuture(2 * number);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ProcessPoolAutoConfiguration.class)
	static class Config {

		@Bean
		Calculator calculator() {
			return new Calculator();
		}

	}

}
