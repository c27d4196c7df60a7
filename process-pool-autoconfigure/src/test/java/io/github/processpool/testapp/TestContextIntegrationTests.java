package io.github.processpool.testapp;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.processpool.DeferToProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A context that a test builds from sources, with properties that only this JVM knows.
 */
@SpringBootTest(classes = { TestApplication.class, TestContextIntegrationTests.Extra.class },
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		args = { "--testapp.from-argument=argument", "--testapp.overridden=argument" },
		properties = { "spring.config.name=testapp", "testapp.from-test=inlined" })
@ActiveProfiles("special")
@DirtiesContext
class TestContextIntegrationTests {

	@TempDir
	static Path directory;

	@Autowired
	private Reports reports;

	@Autowired
	private Inspector inspector;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("testapp.journal", () -> directory.resolve("journal").toString());
		registry.add("testapp.dynamic-port", () -> 4711);
		registry.add("spring.datasource.url",
				() -> "jdbc:h2:file:" + directory.resolve("db") + ";AUTO_SERVER=TRUE;DB_CLOSE_DELAY=0");
	}

	@Test
	void callRunsInAnotherProcess() {
		assertThat(this.inspector.pid()).isNotEqualTo(ProcessHandle.current().pid());
	}

	@Test
	void dynamicPropertyArrives() {
		assertThat(this.reports.property("testapp.dynamic-port")).isEqualTo("4711");
		assertThat(this.reports.property("spring.datasource.url")).startsWith("jdbc:h2:file:" + directory);
	}

	@Test
	void inlinedPropertyArrives() {
		assertThat(this.reports.property("testapp.from-test")).isEqualTo("inlined");
	}

	@Test
	void argumentArrivesWithItsPrecedence() {
		assertThat(this.reports.property("testapp.from-argument")).isEqualTo("argument");
		assertThat(this.reports.property("testapp.overridden")).isEqualTo("argument");
	}

	@Test
	void profileIsActive() {
		assertThat(this.reports.property("testapp.from-profile")).isEqualTo("special");
		assertThat(this.inspector.profiles()).containsExactly("special");
	}

	@Test
	void portOfTheServerIsKnown() {
		assertThat(this.reports.property("local.server.port")).isEqualTo(Integer.toString(this.port));
	}

	@Test
	void databaseOfTheTestIsUsed() {
		assertThat(this.reports.countDocuments()).isEqualTo(1);
	}

	@Test
	void beanOfTheTestExistsAndThatOfAnotherTestDoesNot(@Autowired ApplicationContext context) {
		assertThat(context.containsBean("unwanted")).isFalse();
		assertThat(this.inspector.beans()).contains("inspector", "reports").doesNotContain("unwanted");
	}

	/**
	 * Configuration of this test only.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Extra {

		@Bean
		Inspector inspector(ApplicationContext context) {
			return new Inspector(context);
		}

	}

	/**
	 * Looks at a worker.
	 */
	static class Inspector {

		private final ApplicationContext context;

		Inspector(ApplicationContext context) {
			this.context = context;
		}

		@DeferToProcess
		long pid() {
			return ProcessHandle.current().pid();
		}

		@DeferToProcess
		List<String> profiles() {
			return List.of(this.context.getEnvironment().getActiveProfiles());
		}

		@DeferToProcess
		List<String> beans() {
			return Stream.of(this.context.getBeanDefinitionNames()).toList();
		}

	}

}
