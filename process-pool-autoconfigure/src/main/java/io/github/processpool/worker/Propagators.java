package io.github.processpool.worker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.ContextPropagator;
import io.github.processpool.codec.ContextCarrier;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.Boot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what restores the context of callers in this worker.
 */
final class Propagators {

	private static final String MDC = "io.github.processpool.propagation.MdcPropagator";

	private Propagators() {
	}

	static ContextCarrier carrier(Boot boot, WorkerRuntime runtime, TypeFilter filter, ValueCodec values,
			WorkerLog log) {
		Map<String, ContextPropagator> propagators = new LinkedHashMap<>();
		for (String className : boot.propagators()) {
			try {
				Class<?> type = Class.forName(className, true, runtime.classLoader());
				ContextPropagator propagator = (ContextPropagator) type.getDeclaredConstructor().newInstance();
				propagators.put(propagator.name(), className.equals(MDC) ? new LateMdc(propagator, log) : propagator);
			}
			catch (ReflectiveOperationException | LinkageError ex) {
				logger().debug("nothing is restored by {} here", className, ex);
			}
		}
		runtime.propagators().forEach((propagator) -> propagators.put(propagator.name(), propagator));
		return new ContextCarrier(List.copyOf(propagators.values()), filter, values,
				(propagator, key, cause) -> logger().warn("'{}' of the caller's {} is not restored: {}", key,
						propagator, cause.toString()));
	}

	private static Logger logger() {
		return LoggerFactory.getLogger(Propagators.class);
	}

}
