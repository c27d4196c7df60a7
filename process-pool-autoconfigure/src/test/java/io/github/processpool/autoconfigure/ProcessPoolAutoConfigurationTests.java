package io.github.processpool.autoconfigure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import io.github.processpool.DeferToProcess;
import io.github.processpool.PoolListener;
import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.ProcessPools;
import io.github.processpool.ProcessTask;
import io.github.processpool.ProcessWorker;
import io.github.processpool.TaskEvent;
import io.github.processpool.aop.DeferToProcessAdvisor;
import io.github.processpool.aop.DeferredMethodValidator;
import io.github.processpool.aop.ScriptedPool;
import io.github.processpool.engine.DefaultProcessPool;
import io.github.processpool.engine.InPlaceProcessPool;
import io.github.processpool.engine.InlineProcessPool;
import io.github.processpool.engine.ManagedPool;
import org.aspectj.weaver.Advice;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProcessPoolAutoConfiguration}.
 */
class ProcessPoolAutoConfigurationTests {

	private static final String ALLOW = "process-pool.serialization.allow=io.github.processpool.**";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class));

	@Test
	void defaultPoolShouldBePresentAndStartNothing() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ProcessPool.class).hasBean("processPool");
			assertThat(context.getBean(ProcessPool.class)).isInstanceOf(DefaultProcessPool.class);
			assertThat(context.getBean(ProcessPool.class).getName()).isEqualTo("default");
			assertThat(context).hasSingleBean(ProcessPools.class).hasSingleBean(DeferToProcessAdvisor.class);
			PoolSnapshot snapshot = context.getBean(ProcessPool.class).snapshot();
			assertThat(snapshot.workers()).isEmpty();
		});
	}

	@Test
	void poolsWhenDisabledShouldBeAbsent() {
		this.runner.withPropertyValues("process-pool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessPool.class)
				.doesNotHaveBean(ProcessPools.class)
				.doesNotHaveBean(DeferToProcessAdvisor.class)
				.doesNotHaveBean(ProcessPoolProperties.class));
	}

	@Test
	void defaultPoolShouldBackOffForABeanOfItsName() {
		this.runner.withBean("processPool", ScriptedPool.class, () -> new ScriptedPool("own")).run((context) -> {
			assertThat(context).hasSingleBean(ProcessPool.class);
			assertThat(context.getBean(ProcessPools.class).get("")).isInstanceOf(ScriptedPool.class);
			assertThat(context.getBean(ProcessPools.class).names()).containsExactly("default");
		});
	}

	@Test
	void defaultPoolShouldNotBackOffForOtherPools() {
		this.runner.withBean("ocr", ScriptedPool.class, () -> new ScriptedPool("scanner")).run((context) -> {
			assertThat(context.getBean(ProcessPool.class)).as("primary").isInstanceOf(DefaultProcessPool.class);
			assertThat(context.getBean(ProcessPools.class).names()).containsExactly("default", "scanner");
		});
	}

	@Test
	void namedPoolsShouldBeBeansWithQualifiers() {
		this.runner
			.withPropertyValues("process-pool.pools.reports.max-size=3", "process-pool.pools.images.core-size=0",
					"process-pool.pools.images.max-size=1")
			.withUserConfiguration(Injection.class)
			.run((context) -> {
				assertThat(context).hasBean("reportsProcessPool").hasBean("imagesProcessPool");
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.unqualified.getName()).isEqualTo("default");
				assertThat(injected.defaultPool.getName()).isEqualTo("default");
				assertThat(injected.reports.getName()).isEqualTo("reports");
				assertThat(injected.reports.snapshot().maxSize()).isEqualTo(3);
				ProcessPools pools = context.getBean(ProcessPools.class);
				assertThat(pools.names()).containsExactly("default", "reports", "images");
				assertThat(pools).hasSize(3);
				assertThat(pools.get("reports")).isSameAs(injected.reports);
				assertThatIllegalArgumentException().isThrownBy(() -> pools.get("none"))
					.withMessage("There is no pool 'none', only [default, reports, images]. "
							+ "Define it with 'process-pool.pools.none.*'.");
			});
	}

	@Test
	void workersOfAllPoolsShouldFitIntoMemoryTogether() {
		this.runner
			.withPropertyValues("process-pool.max-size=1", "process-pool.pools.one.max-size=1",
					"process-pool.pools.two.max-size=2")
			.run((context) -> {
				ProcessPools pools = context.getBean(ProcessPools.class);
				long heap = maxHeap(pools.get("two"));
				assertThat(maxHeap(pools.get("one"))).isEqualTo(heap);
				long memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
				assertThat(3 * (heap + (150L << 20)) + Runtime.getRuntime().maxMemory()).isLessThan(memory);
			});
	}

	private static long maxHeap(ProcessPool pool) {
		return pool.configuration().orElseThrow().worker().maxHeap();
	}

	@Test
	void serviceWithTheNameOfAPoolShouldBePossible() {
		this.runner.withPropertyValues("process-pool.pools.reports.max-size=3")
			.withUserConfiguration(Injection.class)
			.withBean("reports", Object.class)
			.run((context) -> assertThat(context.getBean(Injected.class).reports.getName()).isEqualTo("reports"));
	}

	@Test
	void namedPoolShouldBackOffForABeanOfItsName() {
		this.runner.withPropertyValues("process-pool.pools.reports.max-size=3")
			.withBean("reportsProcessPool", ScriptedPool.class, () -> new ScriptedPool("own"))
			.run((context) -> {
				assertThat(context.getBean("reportsProcessPool")).isInstanceOf(ScriptedPool.class);
				assertThat(context.getBean(ProcessPools.class).get("reports")).isInstanceOf(ScriptedPool.class);
			});
	}

	@Test
	void poolsOfOneNameShouldBeRefused() {
		this.runner.withBean("one", ScriptedPool.class, () -> new ScriptedPool("same"))
			.withBean("two", ScriptedPool.class, () -> new ScriptedPool("same"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("Beans 'one' and 'two' are both a pool named 'same'. "
						+ "Give each a name of its own, as by ProcessPool.builder().name(\"two\")."));
	}

	@Test
	void modeInlineShouldGiveInlinePools() {
		this.runner.withPropertyValues("process-pool.mode=inline", "process-pool.pools.reports.max-size=3")
			.withBean(Service.class)
			.run((context) -> {
				assertThat(context.getBean("processPool")).isInstanceOf(InlineProcessPool.class);
				assertThat(context.getBean("reportsProcessPool")).isInstanceOf(InlineProcessPool.class);
				Thread thread = Thread.currentThread();
				assertThat(context.getBean(Service.class).thread()).startsWith("processpool-default-inline")
					.isNotEqualTo(thread.getName());
			});
	}

	@Test
	void workerShouldHaveInPlacePoolsAndTheAdvisorOnly() {
		System.setProperty(ProcessWorker.POOL_PROPERTY, "default");
		try {
			this.runner.withPropertyValues("process-pool.pools.reports.max-size=3", "process-pool.core-size=-1")
				.withBean(Service.class)
				.run((context) -> {
					assertThat(context.getBean("processPool")).isInstanceOf(InPlaceProcessPool.class);
					assertThat(context.getBean("reportsProcessPool")).isInstanceOf(InPlaceProcessPool.class);
					assertThat(context.getBean(ProcessPools.class).names()).containsExactly("default", "reports");
					assertThat(context).hasSingleBean(DeferToProcessAdvisor.class)
						.doesNotHaveBean(DeferredMethodValidator.class)
						.doesNotHaveBean(ProcessPoolLifecycle.class);
					assertThat(AopUtils.isAopProxy(context.getBean(Service.class))).isTrue();
					assertThat(context.getBean(Service.class).thread()).isEqualTo(Thread.currentThread().getName());
				});
		}
		finally {
			System.clearProperty(ProcessWorker.POOL_PROPERTY);
		}
	}

	@Test
	void adviceShouldWorkWithoutTheAspectJWeaver() {
		this.runner.withClassLoader(new FilteredClassLoader(Advice.class))
			.withBean("processPool", ScriptedPool.class, () -> new ScriptedPool("default"))
			.withBean(Service.class)
			.run((context) -> {
				context.getBean(Service.class).thread();
				assertThat(context.getBean(ScriptedPool.class).calls()).hasSize(1);
			});
	}

	@Test
	void allowListShouldHoldTheApplicationsPackagesAndTheSignaturesOfThePool() {
		this.runner.withPropertyValues("process-pool.pools.reports.max-size=3")
			.withUserConfiguration(Application.class)
			.withBean(Signatures.class)
			.run((context) -> {
				ProcessPoolFactory factory = context.getBean(ProcessPoolFactory.class);
				assertThat(factory.config("default").allow())
					.contains("io.github.processpool.autoconfigure.**", Currency.class.getName(),
							Problem.class.getName(), List.class.getName())
					.doesNotContain(Report.class.getName(), Object.class.getName());
				assertThat(factory.config("reports").allow()).contains(Report.class.getName())
					.doesNotContain(Currency.class.getName());
			});
	}

	@Test
	void listenersShouldAllBeToldAndNoneHarmTheOthers() throws InterruptedException {
		CountDownLatch told = new CountDownLatch(1);
		PoolListener broken = new PoolListener() {

			@Override
			public void taskFinished(TaskEvent event) {
				throw new IllegalStateException("broken");
			}

		};
		PoolListener counting = new PoolListener() {

			@Override
			public void taskFinished(TaskEvent event) {
				told.countDown();
			}

		};
		this.runner.withPropertyValues("process-pool.mode=inline", ALLOW)
			.withBean("broken", PoolListener.class, () -> broken)
			.withBean("counting", PoolListener.class, () -> counting)
			.run((context) -> {
				ProcessTask<String> task = () -> "done";
				assertThat(context.getBean(ProcessPool.class).submit(task).get(5, TimeUnit.SECONDS)).isEqualTo("done");
			});
		assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void contextWhenStoppedAndStartedShouldStopAndStartThePools() {
		this.runner.withPropertyValues("process-pool.mode=inline", ALLOW).run((context) -> {
			ProcessPool pool = context.getBean(ProcessPool.class);
			ProcessTask<String> task = () -> "done";
			assertThat(pool.submit(task).join()).isEqualTo("done");
			context.stop();
			assertThat(((ManagedPool) pool).isRunning()).isFalse();
			assertThat(pool.submit(task)).failsWithin(Duration.ofSeconds(1))
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(ProcessPoolRejectedException.class);
			context.start();
			assertThat(pool.submit(task).join()).isEqualTo("done");
		});
	}

	@Test
	void noticeShouldBeDueWhenDebugged() {
		ProcessPoolProperties properties = new ProcessPoolProperties();
		assertThat(new DebuggerNotice(properties, List.of("-Xmx1g")).isDue()).isFalse();
		assertThat(new DebuggerNotice(properties, List.of("-agentlib:jdwp=transport=dt_socket")).isDue()).isTrue();
		properties.setMode(ProcessPoolProperties.Mode.INLINE);
		assertThat(new DebuggerNotice(properties, List.of("-agentlib:jdwp=transport=dt_socket")).isDue()).isFalse();
	}

	@Test
	void noticeShouldBeDueWhenAPoolHasADebugPort() {
		this.runner.run((context) -> assertThat(context.getBean(DebuggerNotice.class).isDue()).isFalse());
		this.runner.withPropertyValues("process-pool.worker.debug-port=5005")
			.run((context) -> assertThat(context.getBean(DebuggerNotice.class).isDue()).isTrue());
		this.runner.withPropertyValues("process-pool.pools.x.worker.debug-port=5005")
			.run((context) -> assertThat(context.getBean(DebuggerNotice.class).isDue()).isTrue());
	}

	@Configuration(proxyBeanMethods = false)
	static class Injection {

		@Bean
		Injected injected() {
			return new Injected();
		}

	}

	static class Injected {

		@Autowired
		ProcessPool unqualified;

		@Autowired
		@Qualifier("default")
		ProcessPool defaultPool;

		@Autowired
		@Qualifier("reports")
		ProcessPool reports;

	}

	public static class Service {

		@DeferToProcess
		public String thread() {
			return Thread.currentThread().getName();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

	record Currency(String code) {

	}

	record Report(String name) {

	}

	static class Problem extends Exception {

		private static final long serialVersionUID = 1L;

	}

	static class Signatures {

		@DeferToProcess
		public List<Object> amounts(Map<String, Currency[]> amounts) throws Problem {
			return null;
		}

		@DeferToProcess("reports")
		public CompletableFuture<Report> report(int number) {
			return null;
		}

	}

}
