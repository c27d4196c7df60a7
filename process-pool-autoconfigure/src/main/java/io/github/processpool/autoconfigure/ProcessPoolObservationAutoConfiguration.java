package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.observation.NoTaskMeters;
import io.github.processpool.observation.TaskExecutionConvention;
import io.github.processpool.observation.TaskExecutionPropagator;
import io.github.processpool.observation.TaskObservationConvention;
import io.github.processpool.observation.TaskObservations;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the observations of tasks, in the application and in workers.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "process-pool.enabled", matchIfMissing = true)
public final class ProcessPoolObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TaskExecutionPropagator processPoolTaskExecutionPropagator(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<TaskExecutionConvention> convention) {
		return new TaskExecutionPropagator(() -> registry(registry), convention::getIfUnique);
	}

	private static ObservationRegistry registry(ObjectProvider<ObservationRegistry> registry) {
		@Nullable ObservationRegistry unique = registry.getIfUnique();
		return (unique != null) ? unique : ObservationRegistry.NOOP;
	}

	/**
	 * What there is in the application's own JVM only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnParentProcess
	static class ParentConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TaskObservations processPoolTaskObservations(ObjectProvider<ObservationRegistry> registry,
				ObjectProvider<TaskObservationConvention> convention) {
			return new TaskObservations(() -> registry(registry), convention::getIfUnique);
		}

	}

	/**
	 * Where observations could make meters.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterObservationHandler.class)
	static class MeterConfiguration {

		@Bean
		NoTaskMeters processPoolNoTaskMeters() {
			return new NoTaskMeters();
		}

	}

}
