package io.github.processpool.propagation;

import java.util.Map;

import io.github.processpool.ContextPropagator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The mapped diagnostic context of the logging system.
 *
 * @since 0.1.0
 */
public final class MdcPropagator implements ContextPropagator {

	private static final Scope CLEAR = MDC::clear;

	@Override
	public String name() {
		return "mdc";
	}

	@Override
	public @Nullable Map<String, ?> capture() {
		return MDC.getCopyOfContextMap();
	}

	@Override
	public Scope restore(Map<String, Object> values, String task) {
		for (Map.Entry<String, Object> entry : values.entrySet()) {
			MDC.put(entry.getKey(), entry.getValue().toString());
		}
		return CLEAR;
	}

}
