package io.github.processpool.aop;

import io.github.processpool.DeferToProcess;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for deferred methods of beans that are proxied by their interfaces, in the
 * application and in its workers.
 */
@SpringBootTest(properties = { "spring.aop.proxy-target-class=false", "process-pool.max-size=1",
		"process-pool.worker.max-heap=96MB", "process-pool.shutdown-timeout=5s" })
@DirtiesContext
class InterfaceProxyIntegrationTests {

	private static final long HERE = ProcessHandle.current().pid();

	@Autowired
	private Port<String> port;

	@Autowired
	private Other other;

	@Test
	void methodsOfInterfacesShouldRunInAWorker() {
		assertThat(AopUtils.isJdkDynamicProxy(this.port)).isTrue();
		assertThat(this.port.generic("a")).startsWith("generic a ").doesNotEndWith(" " + HERE);
		assertThat(this.port.overloaded("a")).startsWith("string ").doesNotEndWith(" " + HERE);
		assertThat(this.port.overloaded(1)).startsWith("int ").doesNotEndWith(" " + HERE);
		assertThat(this.port.defaulted()).isNotEqualTo(HERE);
		assertThat(this.port.local()).isEqualTo(HERE);
	}

	@Test
	void annotationOnTheImplementationShouldWorkToo() {
		assertThat(AopUtils.isJdkDynamicProxy(this.other)).isTrue();
		assertThat(this.other.run()).isNotEqualTo(HERE);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class })
	static class Config {

		@Bean
		PortImpl port() {
			return new PortImpl();
		}

		@Bean
		OtherImpl other() {
			return new OtherImpl();
		}

	}

	interface Port<T> {

		@DeferToProcess
		T generic(T value);

		@DeferToProcess
		String overloaded(String text);

		@DeferToProcess
		String overloaded(int number);

		@DeferToProcess
		default long defaulted() {
			return ProcessHandle.current().pid();
		}

		long local();

	}

	static class PortImpl implements Port<String> {

		@Override
		public String generic(String value) {
			return "generic " + value + " " + ProcessHandle.current().pid();
		}

		@Override
		public String overloaded(String text) {
			return "string " + ProcessHandle.current().pid();
		}

		@Override
		public String overloaded(int number) {
			return "int " + ProcessHandle.current().pid();
		}

		@Override
		public long local() {
			return ProcessHandle.current().pid();
		}

	}

	interface Other {

		long run();

	}

	static class OtherImpl implements Other {

		@Override
		@DeferToProcess
		public long run() {
			return ProcessHandle.current().pid();
		}

	}

}
