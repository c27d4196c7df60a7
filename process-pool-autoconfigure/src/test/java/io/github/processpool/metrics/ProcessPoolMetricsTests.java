package io.github.processpool.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskRetry;
import io.github.processpool.TaskTransfer;
import io.github.processpool.WorkerExit;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import io.github.processpool.WorkerStatistics;
import io.github.processpool.aop.ScriptedPool;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolMetricsAutoConfiguration;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
	void metersShouldBeDocumented() {
		TaskMeters meters = new TaskMeters(this.registry);
		this.runner.withBean(MeterRegistry.class, () -> this.registry).run((context) -> {
			meters.taskFinished(new TaskEvent("x", "Reports", "render", Outcome.SUCCESS, Duration.ofMillis(3),
					Duration.ofMillis(1), Duration.ofMillis(2), 1, 1,
					new TaskTransfer(Duration.ofMillis(1), Duration.ofMillis(1), 10, 20)));
			meters.taskRetried(new TaskRetry("x", "Reports", "render", 1, 2, 1, ExitReason.CRASHED));
			meters.workerStarted("x", worker(1, WorkerState.IDLE), Duration.ofMillis(700));
			meters.workerExited("x", exit(1));
			assertThat(this.registry.getMeters().stream().map(Meter::getId).filter(ProcessPoolMetricsTests::isOurs))
				.extracting((id) -> id.getName() + " " + id.getType() + " " + id.getBaseUnit() + " "
						+ id.getDescription() + " " + id.getTags().stream().map(Tag::getKey).sorted().toList())
				.containsOnly(Stream.of(ProcessPoolMeters.values())
					.map(ProcessPoolMetricsTests::documented)
					.toArray(String[]::new));
		});
	}

	private static boolean isOurs(Meter.Id id) {
		return id.getName().startsWith("processpool.");
	}

	private static String documented(ProcessPoolMeters meter) {
		String unit = (meter.getType() == Meter.Type.TIMER) ? "seconds" : meter.getBaseUnit();
		return meter.getName() + " " + meter.getType() + " " + unit + " " + meter.getDescription() + " "
				+ Stream.of(meter.getKeyNames()).map(KeyName::asString).sorted().toList();
	}

	@Test
	void conventionOfTheApplicationShouldCount() {
		ProcessPoolMeterConvention convention = new ProcessPoolMeterConvention() {

			@Override
			public String getName(ProcessPoolMeters meter) {
				return meter.getName().replace("processpool.", "acme.");
			}

			@Override
			public Tags getPoolTags(String pool) {
				return Tags.of("team", "blue", "pool", pool);
			}

		};
		this.runner.withBean(MeterRegistry.class, () -> this.registry)
			.withBean(ProcessPoolMeterConvention.class, () -> convention)
			.withPropertyValues("process-pool.mode=inline", "process-pool.serialization.allow=io.github.processpool.**")
			.run((context) -> {
				ProcessTask<Integer> task = () -> 1;
				context.getBean(ProcessPool.class).submit(task).get(5, TimeUnit.SECONDS);
				assertThat(this.registry.getMeters().stream().map(Meter::getId).filter(ProcessPoolMetricsTests::isOurs))
					.isEmpty();
				assertThat(this.registry.get("acme.task")
					.tags("team", "blue", "pool", "default", "outcome", "success")
					.timer()
					.count()).isOne();
				assertThat(this.registry.getMeters()
					.stream()
					.map(Meter::getId)
					.filter((id) -> id.getName().startsWith("acme."))).hasSizeGreaterThan(10)
					.allSatisfy((id) -> assertThat(id.getTag("team")).isEqualTo("blue"));
			});
	}

	@Test
	void histogramsShouldBeThereOnDemand() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		this.runner.withBean(MeterRegistry.class, () -> prometheus)
			.withPropertyValues("process-pool.mode=inline",
					"management.metrics.distribution.percentiles-histogram.processpool=true",
					"process-pool.serialization.allow=io.github.processpool.**")
			.run((context) -> {
				ProcessTask<Integer> task = () -> 1;
				context.getBean(ProcessPool.class).submit(task).get(5, TimeUnit.SECONDS);
				assertThat(prometheus.scrape()).contains("processpool_task_seconds_bucket{")
					.contains("processpool_task_execution_seconds_bucket{")
					.contains("processpool_task_wait_seconds_bucket{")
					.contains("processpool_bytes_sent_total{")
					.contains("processpool_task_retries_total{")
					.contains("processpool_worker_cpu_seconds_total{")
					.contains("processpool_worker_gc_seconds_total{")
					.contains("processpool_worker_memory_bytes{")
					.contains("processpool_worker_heap_bytes{")
					.contains("processpool_tasks_queued_bytes{");
			});
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
				return new PoolSnapshot("x", 0, 4, 17, 1700,
						List.of(worker(1, WorkerState.IDLE), worker(2, WorkerState.BUSY, statistics(100, 60, 1, 2)),
								worker(3, WorkerState.BUSY, statistics(200, 70, 1, 2))),
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
				assertThat(poolGauge("processpool.tasks.queued.bytes")).isEqualTo(1700);
				assertThat(poolGauge("processpool.worker.memory")).isEqualTo(300);
				assertThat(poolGauge("processpool.worker.heap")).isEqualTo(130);
			});
	}

	private double gauge(String state) {
		return this.registry.get("processpool.workers").tag("pool", "x").tag("state", state).gauge().value();
	}

	private double poolGauge(String name) {
		return this.registry.get(name).tag("pool", "x").gauge().value();
	}

	private static WorkerStatistics statistics(long resident, long heap, long cpuSeconds, long gcSeconds) {
		return new WorkerStatistics(Instant.now(), resident, heap, -1, heap, heap, Duration.ofSeconds(gcSeconds), 1,
				Duration.ofSeconds(cpuSeconds), 5);
	}

	private static WorkerExit exit(int workerId) {
		return new WorkerExit(workerId, 100 + workerId, ExitReason.OUT_OF_MEMORY, 3, null, Duration.ZERO, Instant.now(),
				null);
	}

	private static WorkerSnapshot worker(int id, WorkerState state) {
		return worker(id, state, null);
	}

	private static WorkerSnapshot worker(int id, WorkerState state, WorkerStatistics statistics) {
		return new WorkerSnapshot(id, 100 + id, state, Instant.now(), null, 0, null, null, statistics);
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
	void transfersShouldBeMeasured() {
		TaskMeters meters = new TaskMeters(this.registry);
		for (Outcome outcome : List.of(Outcome.SUCCESS, Outcome.ERROR)) {
			meters.taskFinished(new TaskEvent("x", "Reports", "render", outcome, Duration.ofMillis(30),
					Duration.ofMillis(10), Duration.ofMillis(20), 1, 1,
					new TaskTransfer(Duration.ofMillis(2), Duration.ofMillis(3), 1000, 500)));
		}
		meters.taskFinished(new TaskEvent("x", "Reports", "render", Outcome.CANCELLED, Duration.ofMillis(30), null,
				null, 0, 0, new TaskTransfer(Duration.ofMillis(2), null, 0, 0)));
		Tags tags = Tags.of("pool", "x", "class", "Reports", "method", "render");
		assertThat(this.registry.get("processpool.task.encode").tags(tags).timer().count()).isEqualTo(3);
		assertThat(this.registry.get("processpool.task.encode").tags(tags).timer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(6);
		assertThat(this.registry.get("processpool.task.decode").tags(tags).timer().count()).isEqualTo(2);
		assertThat(this.registry.get("processpool.bytes.sent").tag("pool", "x").counter().count()).isEqualTo(2000);
		assertThat(this.registry.get("processpool.bytes.received").tag("pool", "x").counter().count()).isEqualTo(1000);
	}

	@Test
	void namesOfTasksShouldBeBounded() {
		TaskMeters meters = new TaskMeters(this.registry);
		for (int i = 0; i < 3000; i++) {
			meters.taskFinished(new TaskEvent("x", "Generated" + i, "call", Outcome.SUCCESS, Duration.ofMillis(1),
					Duration.ZERO, Duration.ZERO));
		}
		assertThat(this.registry.get("processpool.task").timers()).hasSize(1001);
		assertThat(this.registry.get("processpool.task").tags("class", "other", "method", "other").timer().count())
			.isEqualTo(2000);
	}

	@Test
	void costsOfWorkersShouldNeverFall() {
		ScriptedPool pool = new ScriptedPool("x");
		this.runner.withBean(MeterRegistry.class, () -> this.registry)
			.withBean("processPool", ProcessPool.class, () -> pool)
			.run((context) -> {
				ProcessPoolMeterBinder binder = context.getBean(ProcessPoolMeterBinder.class);
				binder.heartbeat("x", worker(1, WorkerState.BUSY, statistics(1, 1, 10, 1)));
				binder.heartbeat("x", worker(1, WorkerState.BUSY, statistics(1, 1, 15, 3)));
				binder.heartbeat("x", worker(2, WorkerState.BUSY, statistics(1, 1, 4, 1)));
				assertThat(functionCounter("processpool.worker.cpu")).isEqualTo(19);
				assertThat(functionCounter("processpool.worker.gc")).isEqualTo(4);
				binder.workerExited("x", exit(1));
				assertThat(functionCounter("processpool.worker.cpu")).isEqualTo(19);
				binder.heartbeat("x", worker(1, WorkerState.BUSY, statistics(1, 1, 2, 1)));
				assertThat(functionCounter("processpool.worker.cpu")).isEqualTo(21);
			});
	}

	private double functionCounter(String name) {
		return this.registry.get(name).tag("pool", "x").functionCounter().count();
	}

	@Test
	void workersShouldBeCounted() {
		TaskMeters meters = new TaskMeters(this.registry);
		meters.workerStarted("x", worker(1, WorkerState.IDLE), Duration.ofMillis(700));
		meters.workerExited("x", exit(1));
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
