package io.github.processpool.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerStartException;
import io.github.processpool.WorkerState;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolHealthAutoConfiguration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the health endpoint tells of pools.
 */
class ProcessPoolHealthIndicatorTests {

	private static final WorkerStartException FAILURE = new WorkerStartException("no java");

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProcessPoolAutoConfiguration.class, ProcessPoolHealthAutoConfiguration.class));

	@Test
	void unusedPoolShouldBeUp() {
		Health health = health(snapshot(null));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("default")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("maxSize", 2)
			.containsEntry("idle", 0);
	}

	@Test
	void poolWithoutWorkersThatCannotStartShouldBeDownWithTheCause() {
		Health health = health(snapshot(FAILURE));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("default")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("startFailure", "no java");
	}

	@Test
	void poolThatCannotGrowShouldBeUpAsLongAsItHasWorkers() {
		WorkerSnapshot worker = new WorkerSnapshot(1, 42, WorkerState.BUSY, Instant.now(), Duration.ZERO, 1, "task",
				Duration.ZERO, null);
		assertThat(health(snapshot(FAILURE, worker)).getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void indicatorShouldBeThereUnlessSwitchedOff() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ProcessPoolHealthIndicator.class));
		this.runner.withPropertyValues("management.health.processpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessPoolHealthIndicator.class));
	}

	@Test
	void contextShouldStartWithoutTheHealthModule() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ProcessPools.class));
	}

	private static PoolSnapshot snapshot(WorkerStartException failure, WorkerSnapshot... workers) {
		return new PoolSnapshot("default", 1, 2, 0, 0, List.of(workers), List.of(), failure);
	}

	private static Health health(PoolSnapshot snapshot) {
		return new ProcessPoolHealthIndicator(new OnePool(snapshot)).health();
	}

	private record OnePool(PoolSnapshot snapshot) implements ProcessPools, ProcessPool {

		@Override
		public ProcessPool get(String name) {
			return this;
		}

		@Override
		public Set<String> names() {
			return Set.of(getName());
		}

		@Override
		public Iterator<ProcessPool> iterator() {
			return List.<ProcessPool>of(this).iterator();
		}

		@Override
		public String getName() {
			return "default";
		}

		@Override
		public <T> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void resize(int coreSize, int maxSize) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
		}

	}

}
