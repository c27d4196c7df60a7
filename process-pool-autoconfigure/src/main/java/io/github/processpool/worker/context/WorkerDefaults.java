package io.github.processpool.worker.context;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Properties that keep a worker from doing what its parent does already. They stand
 * before all others; a property on the worker's own command line undoes ours.
 */
final class WorkerDefaults {

	private static final String NAME = "processPoolWorker";

	/** Everything that exports metrics on its own clock. */
	private static final String[] METRICS_EXPORTERS = { "appoptics", "atlas", "datadog", "defaults", "dynatrace",
			"elastic", "ganglia", "graphite", "humio", "influx", "jmx", "kairos", "newrelic", "otlp", "prometheus",
			"prometheus.metrics.export.pushgateway", "signalfx", "simple", "stackdriver", "statsd", "wavefront" };

	/** Not all at once: that would end the propagation of traces as well. */
	private static final String[] TRACING_EXPORTERS = { "otlp", "zipkin", "wavefront" };

	private final Set<String> overridden;

	WorkerDefaults(Set<String> overridden) {
		this.overridden = overridden;
	}

	/**
	 * Puts the properties before all others, also when they are there already.
	 * @param environment the environment
	 */
	void putFirst(ConfigurableEnvironment environment) {
		environment.getPropertySources().remove(NAME);
		Map<String, Object> properties = properties();
		if (!TraceExport.isByWorkers(environment)) {
			noSpans(properties);
		}
		properties.keySet().removeAll(this.overridden);
		environment.getPropertySources().addFirst(new MapPropertySource(NAME, properties));
	}

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		start(properties);
		schema(properties);
		listeners(properties);
		exporters(properties);
		pools(properties);
		return properties;
	}

	private static void start(Map<String, Object> properties) {
		properties.put("spring.main.web-application-type", "none");
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.main.log-startup-info", "false");
		properties.put("spring.main.register-shutdown-hook", "false");
		properties.put("spring.main.keep-alive", "false");
		// The bean factory of a worker makes nothing early; Boot's own way looks at every
		// bean
		properties.put("spring.main.lazy-initialization", "false");
		properties.put("spring.jmx.enabled", "false");
		properties.put("spring.application.admin.enabled", "false");
		properties.put("spring.docker.compose.enabled", "false");
		properties.put("spring.devtools.livereload.enabled", "false");
		properties.put("spring.cloud.service-registry.auto-registration.enabled", "false");
		// Two JVMs must not roll one file
		properties.put("logging.file.name", "");
		properties.put("logging.file.path", "");
		properties.put("logging.register-shutdown-hook", "false");
	}

	private static void schema(Map<String, Object> properties) {
		properties.put("spring.flyway.enabled", "false");
		properties.put("spring.liquibase.enabled", "false");
		properties.put("spring.sql.init.mode", "never");
		properties.put("spring.jpa.generate-ddl", "false");
		properties.put("spring.jpa.hibernate.ddl-auto", "none");
		properties.put("spring.batch.job.enabled", "false");
		properties.put("spring.batch.jdbc.initialize-schema", "never");
		properties.put("spring.integration.jdbc.initialize-schema", "never");
		properties.put("spring.quartz.jdbc.initialize-schema", "never");
		properties.put("spring.session.jdbc.initialize-schema", "never");
		properties.put("spring.modulith.events.jdbc.schema-initialization.enabled", "false");
		properties.put("spring.modulith.events.republish-outstanding-events-on-restart", "false");
		properties.put("spring.cassandra.schema-action", "none");
		properties.put("spring.data.mongodb.auto-index-creation", "false");
	}

	private static void listeners(Map<String, Object> properties) {
		properties.put("spring.quartz.auto-startup", "false");
		properties.put("spring.jms.listener.auto-startup", "false");
		properties.put("spring.kafka.listener.auto-startup", "false");
		properties.put("spring.kafka.streams.auto-startup", "false");
		properties.put("spring.rabbitmq.listener.simple.auto-startup", "false");
		properties.put("spring.rabbitmq.listener.direct.auto-startup", "false");
		properties.put("spring.rabbitmq.listener.stream.auto-startup", "false");
	}

	private static void exporters(Map<String, Object> properties) {
		for (String exporter : METRICS_EXPORTERS) {
			String suffix = (exporter.contains(".")) ? ".enabled" : ".metrics.export.enabled";
			properties.put("management." + exporter + suffix, "false");
		}
		properties.put("management.logging.export.enabled", "false");
		properties.put("management.logging.export.otlp.enabled", "false");
	}

	private static void noSpans(Map<String, Object> properties) {
		for (String exporter : TRACING_EXPORTERS) {
			properties.put("management.tracing.export." + exporter + ".enabled", "false");
		}
	}

	private static void pools(Map<String, Object> properties) {
		properties.put("spring.datasource.hikari.minimum-idle", "0");
		properties.put("spring.datasource.hikari.maximum-pool-size", "2");
		properties.put("spring.datasource.tomcat.initial-size", "0");
		properties.put("spring.datasource.tomcat.min-idle", "0");
		properties.put("spring.datasource.tomcat.max-active", "2");
		properties.put("spring.datasource.dbcp2.initial-size", "0");
		properties.put("spring.datasource.dbcp2.min-idle", "0");
		properties.put("spring.datasource.dbcp2.max-total", "2");
		properties.put("spring.r2dbc.pool.initial-size", "0");
		properties.put("spring.r2dbc.pool.min-idle", "0");
		properties.put("spring.r2dbc.pool.max-size", "2");
	}

}
