package io.github.processpool.worker.context;

import java.util.List;
import java.util.Map;

import io.github.processpool.ProcessPoolException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link LookupGuard} in the bean factory of a worker.
 */
class LookupGuardTests {

	private static final String ORIGIN = "a.LeftOutAutoConfiguration";

	private final AbsentBeans absent = new AbsentBeans(Map.of("runnable", ORIGIN),
			Map.of(Runnable.class.getName(), ORIGIN, Deprecated.class.getName(), ORIGIN));

	@Test
	void nothingIsNotedWhileDefinitionsAreReadAndNobodyAsks() {
		try (WorkerContext context = context(Quiet.class)) {
			assertThat(report(context).requests()).isEmpty();
		}
	}

	@Test
	void optionalBeanIsNoted() {
		try (WorkerContext context = context(Optional.class)) {
			assertThat(report(context).requests())
				.containsExactly("beans of type java.lang.Runnable of a.LeftOutAutoConfiguration");
		}
	}

	@Test
	void requestsOfTasksAreRefused() {
		try (WorkerContext context = context(Quiet.class)) {
			assertThat(report(context).requests()).isEmpty();
			isRefused(() -> context.getBeanProvider(Runnable.class).getIfAvailable());
			isRefused(() -> context.getBeansOfType(Runnable.class));
			isRefused(() -> context.getBeanNamesForType(ResolvableType.forClass(Runnable.class)));
			isRefused(() -> context.getBeansWithAnnotation(Deprecated.class));
			isRefused(() -> context.containsBean("runnable"));
			isRefused(() -> context.getBean("runnable"));
			isRefused(() -> context.getBean("&runnable"));
			isRefused(() -> context.getAutowireCapableBeanFactory().createBean(Asking.class));
			isRefused(() -> context.getBean("lazy"));
			assertThatNoException().isThrownBy(() -> context.getBeansOfType(Comparable.class));
			assertThatNoException().isThrownBy(() -> context.getBean("work"));
		}
	}

	@Test
	void absentBeansCrossTheChannel() throws Exception {
		ContextSettings settings = ContextSettings.ofConfiguration(List.of(), List.of())
			.withSlice(new ContextSlice(List.of(ORIGIN), Map.of(), this.absent));
		assertThat(ContextSettings.decode(settings.encode()).slice().absent()).isEqualTo(this.absent);
	}

	private static void isRefused(ThrowingCallable request) {
		Throwable thrown = catchThrowable(request);
		while (thrown != null && !(thrown instanceof ProcessPoolException)) {
			thrown = thrown.getCause();
		}
		assertThat(thrown).isNotNull()
			.hasMessageContainingAll(ORIGIN, "'process-pool.worker.keep-auto-configurations'",
					"'process-pool.worker.slim'");
	}

	private WorkerContext context(Class<?> configuration) {
		WorkerContext context = new WorkerContext(new LookupGuard(this.absent));
		context.register(configuration);
		context.refresh();
		return context;
	}

	private ContextReport report(WorkerContext context) {
		return new SliceCheck(context.getBeanFactory(),
				new ContextSlice(List.of(ORIGIN), Map.of("work", List.of()), this.absent))
			.report();
	}

	/**
	 * Asks as soon as it is made.
	 */
	static class Asking {

		private final @Nullable Runnable runnable;

		Asking(ObjectProvider<Runnable> runnable) {
			this.runnable = runnable.getIfAvailable();
		}

		boolean isGiven() {
			return this.runnable != null;
		}

	}

	static class Other {

	}

	@Configuration(proxyBeanMethods = false)
	static class Quiet {

		@Bean
		static BeanFactoryPostProcessor processor() {
			return (factory) -> factory.getBeanNamesForType(Runnable.class);
		}

		/** The name of a parameter is no request for the bean of that name. */
		@Bean
		Object work(ObjectProvider<Runnable> unused, Other runnable) {
			return new Object();
		}

		@Bean
		Other other() {
			return new Other();
		}

		@Bean
		@Lazy
		Asking lazy(ObjectProvider<Runnable> runnable) {
			return new Asking(runnable);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Optional {

		@Bean
		Object work(java.util.Optional<Runnable> runnable) {
			return runnable;
		}

	}

}
