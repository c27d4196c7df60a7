package io.github.processpool.autoconfigure;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.engine.ManagedPool;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessPoolLifecycle}.
 */
class ProcessPoolLifecycleTests {

	private static final ApplicationReadyEvent READY = new ApplicationReadyEvent(new SpringApplication(), new String[0],
			new GenericApplicationContext(), java.time.Duration.ZERO);

	@Test
	void phaseShouldBeAfterExecutorsAndWebServerWhenStopping() {
		ProcessPoolLifecycle lifecycle = lifecycle(false);
		assertThat(lifecycle.getPhase()).isEqualTo(Integer.MAX_VALUE / 2 - 1024)
			.isLessThan(Integer.MAX_VALUE / 2)
			.isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
		assertThat(lifecycle.isPauseable()).isTrue();
		assertThat(lifecycle.isAutoStartup()).isTrue();
	}

	@Test
	void lazyPoolsShouldStartNoWorkers() {
		CountingPool pool = new CountingPool(null);
		ProcessPoolLifecycle lifecycle = lifecycle(false, pool);
		lifecycle.start();
		lifecycle.onApplicationEvent(READY);
		assertThat(lifecycle.isRunning()).isTrue();
		assertThat(pool.started).hasValue(1);
		assertThat(pool.filled).hasValue(0);
	}

	@Test
	void eagerPoolsShouldStartWorkersWhenTheApplicationIsReadyAndAfterEachRestart() {
		CountingPool pool = new CountingPool(null);
		ProcessPoolLifecycle lifecycle = lifecycle(true, pool);
		lifecycle.start();
		assertThat(pool.filled).hasValue(0);
		lifecycle.onApplicationEvent(READY);
		assertThat(pool.filled).hasValue(1);
		lifecycle.stop();
		assertThat(lifecycle.isRunning()).isFalse();
		assertThat(pool.stopped).hasValue(1);
		lifecycle.start();
		assertThat(pool.filled).hasValue(2);
	}

	@Test
	void poolsShouldStopAtTheSameTime() throws InterruptedException {
		CyclicBarrier together = new CyclicBarrier(3);
		CountingPool[] pools = { new CountingPool(together), new CountingPool(together), new CountingPool(together) };
		ProcessPoolLifecycle lifecycle = lifecycle(false, pools);
		lifecycle.start();
		CountDownLatch called = new CountDownLatch(1);
		lifecycle.stop(called::countDown);
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(pools).allSatisfy((pool) -> assertThat(pool.stopped).hasValue(1));
	}

	private static ProcessPoolLifecycle lifecycle(boolean eager, ProcessPool... pools) {
		return new ProcessPoolLifecycle(new ListedPools(List.of(pools)), eager);
	}

	record ListedPools(List<ProcessPool> all) implements ProcessPools {

		@Override
		public ProcessPool get(String name) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Set<String> names() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Iterator<ProcessPool> iterator() {
			return this.all.iterator();
		}

	}

	static class CountingPool implements ManagedPool {

		final AtomicInteger started = new AtomicInteger();

		final AtomicInteger filled = new AtomicInteger();

		final AtomicInteger stopped = new AtomicInteger();

		private final CyclicBarrier stopTogether;

		CountingPool(CyclicBarrier stopTogether) {
			this.stopTogether = stopTogether;
		}

		@Override
		public void start() {
			this.started.incrementAndGet();
		}

		@Override
		public void startWorkers() {
			this.filled.incrementAndGet();
		}

		@Override
		public void stop() {
			try {
				if (this.stopTogether != null) {
					this.stopTogether.await(5, TimeUnit.SECONDS);
				}
				this.stopped.incrementAndGet();
			}
			catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public String getName() {
			return "counting";
		}

		@Override
		public <T> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public PoolSnapshot snapshot() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void resize(int coreSize, int maxSize) {
			throw new UnsupportedOperationException();
		}

	}

}
