package io.github.processpool.worker.context;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.github.processpool.ProcessPoolException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SliceCheck}, its report and the filter.
 */
class SliceCheckTests {

	@AfterEach
	void excludeNothing() {
		ExcludedAutoConfigurations.set(ContextSlice.WHOLE);
	}

	@Test
	void reportTellsMissingBeansAndOtherFailures() throws IOException {
		ContextSlice slice = new ContextSlice(List.of("a.B"),
				Map.of("good", List.of(), "needy", List.of(), "failing", List.of(), "unknown", List.of()),
				AbsentBeans.NONE);
		try (AnnotationConfigApplicationContext context = context()) {
			ContextReport report = ContextReport
				.decode(new SliceCheck(context.getBeanFactory(), slice).report().encode());
			assertThat(report.missing()).containsOnlyKeys("needy", "unknown");
			assertThat(report.missing().get("needy")).contains("java.lang.Runnable");
			assertThat(report.failed()).containsOnlyKeys("failing");
			assertThat(report.failed().get("failing")).contains("not today");
			assertThat(report.deferred()).containsOnlyKeys("good");
			assertThat(report.requests()).isEmpty();
			assertThat(report.others()).containsEntry("helper", List.of("class " + Helper.class.getName()));
			assertThat(report.definitions()).isEqualTo(context.getBeanDefinitionCount());
		}
	}

	@Test
	void beanWithOtherAdviceIsNotCalled() {
		ContextSlice slice = new ContextSlice(List.of("a.B"), Map.of("good", List.of("transaction")), AbsentBeans.NONE);
		try (AnnotationConfigApplicationContext context = context()) {
			SliceCheck check = new SliceCheck(context.getBeanFactory(), slice);
			Object good = context.getBean("good");
			assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> check.require("good", good))
				.withMessageContainingAll("'good'", "transaction", "process-pool.worker.slim");
			assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> check.require("late", good))
				.withMessageContaining("was not known");
			SliceCheck whole = new SliceCheck(context.getBeanFactory(), ContextSlice.WHOLE);
			assertThatNoException().isThrownBy(() -> whole.require("late", good));
		}
	}

	@Test
	void filterKnowsWhatIsExcludedAndNothingElse() {
		ExcludedAutoConfigurations filter = new ExcludedAutoConfigurations();
		String[] names = { "a.Excluded", null, "a.Other", "a.Excluded$Nested" };
		assertThat(filter.match(names, mock(AutoConfigurationMetadata.class))).containsExactly(true, true, true, true);
		ExcludedAutoConfigurations.set(new ContextSlice(List.of("a.Excluded"), Map.of(), AbsentBeans.NONE));
		assertThat(filter.match(names, mock(AutoConfigurationMetadata.class))).containsExactly(false, true, true, true);
	}

	private static AnnotationConfigApplicationContext context() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(new WorkerBeanFactory());
		context.register(Beans.class);
		context.refresh();
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Helper helper() {
			return new Helper();
		}

		@Bean
		Object good(Helper helper) {
			return new Object();
		}

		@Bean
		Needy needy() {
			return new Needy();
		}

		@Bean
		Object failing() {
			throw new IllegalStateException("not today");
		}

	}

	static class Helper {

	}

	static class Needy {

		@Autowired
		private Runnable missing;

	}

}
