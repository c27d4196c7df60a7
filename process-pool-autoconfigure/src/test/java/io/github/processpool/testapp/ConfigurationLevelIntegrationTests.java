package io.github.processpool.testapp;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ConditionalOnProcessWorker;
import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPoolException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Workers with a context of a few configuration classes.
 */
@SpringBootTest(classes = ConfigurationLevelIntegrationTests.App.class,
		webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "process-pool.max-size=1", "process-pool.worker.context=configuration",
				"process-pool.worker.configuration-classes=io.github.processpool.testapp.ConfigurationLevelIntegrationTests$Slice",
				"process-pool.worker.max-heap=64MB", "secret=s3cr3t" })
@DirtiesContext
class ConfigurationLevelIntegrationTests {

	@Autowired
	private Task task;

	@Autowired
	private Task elsewhere;

	@Test
	void beanOfTheConfigurationIsCalledInAWorker() {
		assertThat(this.task.where()).isEqualTo("worker");
	}

	@Test
	void onlyOurPropertiesAreSent() {
		assertThat(this.task.property("process-pool.worker.context")).isEqualTo("configuration");
		assertThat(this.task.property("secret")).isNull();
	}

	@Test
	void beanThatIsNotInTheConfigurationIsMissed() {
		assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> this.elsewhere.where())
			.withMessageContaining("Bean 'elsewhere'")
			.withMessageContaining("pool 'default'")
			.withMessageContaining("'process-pool.worker.configuration-classes'")
			.withMessageContaining("'process-pool.mode=inline'");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
	@Import(Slice.class)
	static class App {

		@Bean
		Task elsewhere(Environment environment) {
			return new Task("parent", environment);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Slice {

		@Bean
		@ConditionalOnParentProcess
		String parentOnly() {
			return "parent";
		}

		@Bean
		@ConditionalOnProcessWorker
		String workerOnly() {
			return "worker";
		}

		@Bean
		Task task(String where, Environment environment) {
			return new Task(where, environment);
		}

	}

	static class Task {

		private final String where;

		private final Environment environment;

		Task(String where, Environment environment) {
			this.where = where;
			this.environment = environment;
		}

		@DeferToProcess
		String where() {
			return this.where;
		}

		@DeferToProcess
		@Nullable String property(String name) {
			return this.environment.getProperty(name);
		}

	}

}
