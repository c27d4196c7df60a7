package io.github.processpool.worker.context;

import io.github.processpool.ProcessWorker;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Who exports the spans that end in workers.
 */
public final class TraceExport {

	private static final String PROPERTY = "propagation.trace-export";

	/** Only spans of OpenTelemetry are sent to the parent. */
	private static final boolean PARENT_CAN = ClassUtils.isPresent("io.opentelemetry.sdk.trace.SpanProcessor",
			TraceExport.class.getClassLoader());

	private TraceExport() {
	}

	/**
	 * Whether workers do it themselves.
	 * @param environment environment of the worker
	 * @return {@code false} if the parent does it
	 */
	public static boolean isByWorkers(Environment environment) {
		String pool = System.getProperty(ProcessWorker.POOL_PROPERTY, "");
		String own = "process-pool.pools." + pool;
		Binder binder = Binder.get(environment);
		String value = ConfigurationPropertyName.isValid(own)
				? binder.bind(own + "." + PROPERTY, String.class).orElse("") : "";
		if (value.isEmpty()) {
			value = binder.bind("process-pool." + PROPERTY, String.class).orElse("");
		}
		return value.equalsIgnoreCase("worker") || (value.isEmpty() && !PARENT_CAN);
	}

}
