package io.github.processpool.worker.context;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Tells of the refreshed context that listener of Spring Boot's which ties scopes of
 * spans to the MDC. All others take such an event for the start of the application.
 */
final class TracingStart {

	private static final String LISTENER = "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure."
			+ "OpenTelemetryEventPublisherBeansApplicationListener";

	private TracingStart() {
	}

	static void announce(ConfigurableApplicationContext context) {
		if (context instanceof AbstractApplicationContext listened) {
			for (ApplicationListener<?> listener : listened.getApplicationListeners()) {
				if (listener.getClass().getName().equals(LISTENER)
						&& listener instanceof GenericApplicationListener target) {
					target.onApplicationEvent(new ContextRefreshedEvent(context));
				}
			}
		}
	}

}
