package io.github.processpool.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

import io.github.processpool.DeferToProcess;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@code process-pool.mode=inline}, in which a test's mocks and spies are seen.
 */
@SpringBootTest(properties = "process-pool.mode=inline")
class InlineModeTests {

	@Autowired
	private Reports reports;

	@MockitoBean
	private Repository repository;

	@MockitoBean
	private Mocked mocked;

	@MockitoSpyBean
	private Spied spied;

	@Test
	void mockedCollaboratorShouldBeSeen() {
		given(this.repository.find("a")).willReturn("mocked");
		assertThat(this.reports.render("a")).isEqualTo("mocked by processpool-default-inline, advised");
	}

	@Test
	void deferredBeanMayBeAMock() {
		given(this.mocked.run()).willReturn("from the mock");
		assertThat(this.mocked.run()).isEqualTo("from the mock");
	}

	@Test
	void deferredBeanMayBeASpy() {
		assertThat(this.spied.run("x")).isEqualTo("ran x");
		verify(this.spied).run("x");
	}

	@Test
	void argumentsShouldBeCopiesAndSerializable() {
		List<String> list = new ArrayList<>();
		assertThat(this.reports.append(list)).containsExactly("appended");
		assertThat(list).isEmpty();
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.reports.take(new StringJoiner("")))
			.withMessageContaining("parameter 'any'");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class })
	static class Config {

		@Bean
		Reports reports(Repository repository) {
			return new Reports(repository);
		}

		@Bean
		Repository repository() {
			return new Repository();
		}

		@Bean
		Mocked mocked() {
			return new Mocked();
		}

		@Bean
		Spied spied() {
			return new Spied();
		}

		@Bean
		Inner inner() {
			return new Inner();
		}

	}

	static class Repository {

		public String find(String name) {
			return "real";
		}

	}

	static class Reports {

		private final Repository repository;

		Reports(Repository repository) {
			this.repository = repository;
		}

		@DeferToProcess
		public String render(String name) {
			String thread = Thread.currentThread().getName();
			return this.repository.find(name) + " by " + thread.substring(0, thread.lastIndexOf('-'));
		}

		@DeferToProcess
		public List<String> append(List<String> list) {
			list.add("appended");
			return list;
		}

		@DeferToProcess
		public String take(Object any) {
			return "taken";
		}

	}

	static class Mocked {

		@DeferToProcess
		public String run() {
			return "real";
		}

	}

	static class Spied {

		@DeferToProcess
		public String run(String text) {
			return "ran " + text;
		}

	}

	/**
	 * An aspect behind ours, which finds its invocation in a thread local.
	 */
	@Aspect
	@Order(Ordered.LOWEST_PRECEDENCE)
	static class Inner {

		@Around("execution(String io.github.processpool.aop.InlineModeTests.Reports.render(..))")
		Object around(ProceedingJoinPoint call) throws Throwable {
			return call.proceed() + ", advised";
		}

	}

}
