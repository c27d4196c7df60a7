package io.github.processpool.autoconfigure;

import java.time.Duration;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code process-pool.start}.
 */
class EagerStartIntegrationTests {

	@Test
	void eagerPoolShouldStartItsCoreWorkersWithTheApplicationAndAfterARestart() {
		try (ConfigurableApplicationContext context = start("eager")) {
			ProcessPool pool = context.getBean(ProcessPool.class);
			awaitIdle(pool, 2);
			context.stop();
			assertThat(pool.snapshot().workers()).isEmpty();
			context.start();
			awaitIdle(pool, 2);
		}
	}

	@Test
	void lazyPoolShouldStartNothingBeforeTheFirstTask() {
		long before = ProcessHandle.current().children().count();
		try (ConfigurableApplicationContext context = start("lazy")) {
			ProcessPool pool = context.getBean(ProcessPool.class);
			assertThat(pool.snapshot().workers()).isEmpty();
			assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
		}
	}

	private static ConfigurableApplicationContext start(String start) {
		return new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE)
			.properties("process-pool.start=" + start, "process-pool.core-size=2", "process-pool.max-size=2",
					"process-pool.worker.context=none", "process-pool.worker.max-heap=64MB",
					"process-pool.shutdown-timeout=5s")
			.run();
	}

	private static void awaitIdle(ProcessPool pool, int count) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			PoolSnapshot snapshot = pool.snapshot();
			assertThat(snapshot.workers(WorkerState.IDLE)).as(snapshot.toString()).isEqualTo(count);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ProcessPoolAutoConfiguration.class)
	static class Config {

	}

}
