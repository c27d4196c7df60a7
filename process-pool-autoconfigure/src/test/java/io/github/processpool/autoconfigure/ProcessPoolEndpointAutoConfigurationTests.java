package io.github.processpool.autoconfigure;

import io.github.processpool.ProcessPools;
import io.github.processpool.actuate.ActivityRecorder;
import io.github.processpool.actuate.ProcessPoolEndpoint;
import io.github.processpool.actuate.ProcessPoolEndpointWebExtension;
import io.github.processpool.actuate.ProcessPoolInfoContributor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the endpoint is there.
 */
class ProcessPoolEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProcessPoolAutoConfiguration.class, ProcessPoolEndpointAutoConfiguration.class));

	@Test
	void endpointShouldBeThereWhenItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=processpool")
			.run((context) -> assertThat(context).hasSingleBean(ProcessPoolEndpoint.class)
				.hasSingleBean(ProcessPoolEndpointWebExtension.class)
				.hasSingleBean(ActivityRecorder.class));
	}

	@Test
	void nothingShouldBeRecordedWithoutTheEndpoint() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ProcessPoolEndpoint.class)
			.doesNotHaveBean(ActivityRecorder.class));
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.processpool.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessPoolEndpoint.class)
				.doesNotHaveBean(ActivityRecorder.class));
	}

	@Test
	void endpointShouldWorkWithoutTheWeb() {
		this.runner
			.withPropertyValues("management.endpoints.jmx.exposure.include=processpool", "spring.jmx.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(ProcessPoolEndpoint.class)
				.doesNotHaveBean(ProcessPoolEndpointWebExtension.class));
	}

	@Test
	void infoShouldBeContributedUnlessSwitchedOff() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ProcessPoolInfoContributor.class));
		this.runner.withPropertyValues("management.info.processpool.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessPoolInfoContributor.class));
		this.runner.withPropertyValues("management.info.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessPoolInfoContributor.class));
	}

	@Test
	void contextShouldStartWithoutTheActuator() {
		for (Class<?> missing : new Class<?>[] { Endpoint.class, ConditionalOnAvailableEndpoint.class }) {
			this.runner.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(ProcessPools.class)
					.doesNotHaveBean("processPoolEndpoint"));
		}
	}

}
