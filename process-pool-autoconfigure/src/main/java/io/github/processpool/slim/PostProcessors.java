package io.github.processpool.slim;

import java.util.Map;

/**
 * Post-processors of Spring Boot that do nothing where beans of a certain type are not
 * made. Where a worker makes no such bean it does not need them; all others it needs.
 */
final class PostProcessors {

	private static final String METERS = "io.micrometer.core.instrument.MeterRegistry";

	private static final Map<String, String> TARGETS = Map.of(
			"org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryPostProcessor", METERS,
			// Has repositories fill a registry, which nobody reads then
			"org.springframework.boot.data.autoconfigure.metrics.MetricsRepositoryMethodInvocationListenerBeanPostProcessor",
			METERS, "org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryPostProcessor",
			"io.micrometer.observation.ObservationRegistry",
			"org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointConfiguration$HealthEndpointGroupsBeanPostProcessor",
			"org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups");

	private PostProcessors() {
	}

	/**
	 * What they are.
	 * @return names of types by names of post-processors
	 */
	static Map<String, String> targets() {
		return TARGETS;
	}

}
