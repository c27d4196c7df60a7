package io.github.processpool.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import io.github.processpool.aop.ScriptedPool;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the meters and their auto-configuration.
 */
class ProcessPoolMetricsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProcessPoolAutoConfiguration.class, ProcessPoolMetricsAutoConfiguration.class,
					MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void metersShouldBeThereWithARegistry() {
		this.runner.withBean(MeterRegistry.class, () -> this.registry)
			.withPropertyValues("process-pool.mode=inline", "process-pool.pools.reports.max-size=1",
					"process-pool.serialization.allow=io.github.processpool.**")
			.run((context) -> {
				assertThat(context).hasSingleBean(TaskMeters.class).hasSingleBean(ProcessPoolMeterBinder.class);
				ProcessTask<Integer> task = () -> 1;
				context.getBean(ProcessPool.class).submit(task).get(5, TimeUnit.SECONDS);
				assertThat(this.registry.get("processpool.workers").gauges()).hasSize(8);
				assertThat(this.registry.get("processpool.tasks.queued").tag("pool", "reports").gauge().value())
					.isZero();
				assertThat(this.registry.get("processpool.task")
					.tag("pool", "default")
					.tag("class", "ProcessPoolMetricsTests")
					.tag("method", "lambda")
					.tag("outcome", "success")
					.timer()
					.count()).isOne();
			});
	}

	@Test
	void metersShouldBeAbsentWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessPool.class)
				.doesNotHaveBean("processPoolTaskMeters")
				.doesNotHaveBean("processPoolMeterBinder"));
	}

	@Test
	void metersShouldBeAbsentWithoutPools() {
		this.runner.withBean(MeterRegistry.class, () -> this.registry)
			.withPropertyValues("process-pool.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PoolListener.class));
	}

	@Test
	void metersShouldBackOff() {
		this.runner.withBean(MeterRegistry.class, () -> this.registry)
			.withBean("own", TaskMeters.class, () -> new TaskMeters(this.registry))
			.run((context) -> assertThat(context).hasSingleBean(TaskMeters.class).hasBean("own"));
	}

	@Test
	void gaugesShouldReadSnapshots() {
		ScriptedPool pool = new ScriptedPool("x") {

			@Override
			public PoolSnapshot snapshot() {
				return new PoolSnapshot("x", 0, 4, 17, 0,
						List.of(worker(1, WorkerState.IDLE), worker(2, WorkerState.BUSY), worker(3, WorkerState.BUSY)),
						List.of(), null);
			}

		};
		this.runner.withBean(MeterRegistry.class, () -> this.registry)
			.withBean("processPool", ProcessPool.class, () -> pool)
			.run((context) -> {
				assertThat(gauge("idle")).isEqualTo(1);
				assertThat(gauge("busy")).isEqualTo(2);
				assertThat(gauge("starting")).isZero();
				assertThat(gauge("retiring")).isZero();
				assertThat(this.registry.get("processpool.tasks.queued").tag("pool", "x").gauge().value())
					.isEqualTo(17);
			});
	}

	private double gauge(String state) {
		return this.registry.get("processpool.workers").tag("pool", "x").tag("state", state).gauge().value();
	}

	private static WorkerSnapshot worker(int id, WorkerState state) {
		return new WorkerSnapshot(id, 100 + id, state, Instant.now(), null, 0, null, null, null);
	}

	@Test
	void tasksShouldBeTimed() {
		TaskMeters meters = new TaskMeters(this.registry);
		meters.taskFinished(new TaskEvent("x", "Reports", "render", Outcome.CRASHED, Duration.ofMillis(30),
				Duration.ofMillis(10), Duration.ofMillis(20)));
		meters
			.taskFinished(new TaskEvent("x", "Reports", "render", Outcome.REJECTED, Duration.ofMillis(5), null, null));
		assertThat(timer("processpool.task", "crashed")).isEqualTo(30);
		assertThat(timer("processpool.task.execution", "crashed")).isEqualTo(20);
		assertThat(timer("processpool.task", "rejected")).isEqualTo(5);
		assertThat(this.registry.find("processpool.task.execution").tag("outcome", "rejected").timer()).isNull();
		assertThat(this.registry.get("processpool.task.wait").tag("pool", "x").timer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(10);
	}

	private double timer(String name, String outcome) {
		return this.registry.get(name)
			.tag("pool", "x")
			.tag("class", "Reports")
			.tag("method", "render")
			.tag("outcome", outcome)
			.timer()
			.totalTime(TimeUnit.MILLISECONDS);
	}

	@Test
	void workersShouldBeCounted() {
		TaskMeters meters = new TaskMeters(this.registry);
		meters.workerStarted("x", worker(1, WorkerState.IDLE), Duration.ofMillis(700));
		meters.workerExited("x",
				new WorkerExit(1, 101, ExitReason.OUT_OF_MEMORY, 3, null, Duration.ZERO, Instant.now(), null));
		assertThat(this.registry.get("processpool.worker.startup")
			.tag("pool", "x")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(700);
		assertThat(this.registry.get("processpool.workers.terminated")
			.tag("pool", "x")
			.tag("reason", "out-of-memory")
			.counter()
			.count()).isOne();
	}

}
