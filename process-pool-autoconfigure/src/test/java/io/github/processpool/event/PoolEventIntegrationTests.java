package io.github.processpool.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.ProcessPool;
import io.github.processpool.TaskOptions;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolEventAutoConfiguration;
import io.github.processpool.engine.Deeds;
import io.github.processpool.engine.NothingLeftBehind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events of the application's context about real workers.
 */
@Timeout(90)
@ExtendWith(NothingLeftBehind.class)
class PoolEventIntegrationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ProcessPoolAutoConfiguration.class, ProcessPoolEventAutoConfiguration.class))
		.withUserConfiguration(Listening.class)
		.withPropertyValues("process-pool.worker.context=none", "process-pool.worker.max-heap=48MB",
				"process-pool.worker.warm-start=false", "process-pool.serialization.allow=io.github.processpool.**",
				"process-pool.max-size=1");

	@Test
	void listenersShouldHearOfWorkersAndRetries() {
		List<Object> events = new CopyOnWriteArrayList<>();
		this.runner.run((context) -> {
			context.getBean(Listener.class).events = events;
			ProcessPool pool = context.getBean(ProcessPool.class);
			assertThat(pool.submit(Deeds.halt(5), TaskOptions.defaults().withIdempotent(2)))
				.failsWithin(Duration.ofSeconds(30));
			pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			Awaitility.await()
				.untilAsserted(() -> assertThat(events).hasAtLeastOneElementOfType(TaskRetriedEvent.class)
					.filteredOn(WorkerExitedEvent.class::isInstance)
					.hasSize(2));
			assertThat(context.getBean(Listener.class).threads).containsOnly("processpool-events");
		});
		// The end of the last worker comes while the context closes
		assertThat(events).filteredOn(WorkerStartedEvent.class::isInstance).hasSize(3);
		assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(WorkerExitedEvent.class,
				(event) -> assertThat(event.exit().reason()).isEqualTo(ExitReason.SHUTDOWN));
		assertThat(events).filteredOn(TaskRetriedEvent.class::isInstance)
			.singleElement()
			.isInstanceOfSatisfying(TaskRetriedEvent.class,
					(event) -> assertThat(event.retry().reason()).isEqualTo(ExitReason.CRASHED));
	}

	@Test
	void slowListenerShouldHoldUpNobody() {
		CountDownLatch release = new CountDownLatch(1);
		this.runner.run((context) -> {
			context.getBean(Listener.class).gate = release;
			ProcessPool pool = context.getBean(ProcessPool.class);
			assertThat(pool.submit(Deeds.halt(5))).failsWithin(Duration.ofSeconds(20));
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
			long start = System.nanoTime();
			context.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		});
		release.countDown();
	}

	@Test
	void listenerThatFailsShouldHarmNobody() {
		this.runner.run((context) -> {
			Listener listener = context.getBean(Listener.class);
			listener.failure = new IllegalStateException("on purpose");
			ProcessPool pool = context.getBean(ProcessPool.class);
			assertThat(pool.submit(Deeds.halt(5))).failsWithin(Duration.ofSeconds(20));
			Awaitility.await().until(() -> listener.threads.size() >= 2);
			assertThat(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)).isPositive();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	static class Listener {

		private volatile List<Object> events = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch gate;

		private volatile RuntimeException failure;

		@EventListener({ WorkerStartedEvent.class, WorkerExitedEvent.class, TaskRetriedEvent.class })
		void on(Object event) throws InterruptedException {
			this.threads.add(Thread.currentThread().getName());
			if (this.gate != null) {
				this.gate.await(30, TimeUnit.SECONDS);
			}
			this.events.add(event);
			if (this.failure != null) {
				throw this.failure;
			}
		}

	}

}
