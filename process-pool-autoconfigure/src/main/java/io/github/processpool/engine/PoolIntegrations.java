package io.github.processpool.engine;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.ContextPropagator;
import io.github.processpool.codec.ContextCarrier;
import io.github.processpool.codec.ValueCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a pool is connected to beyond its workers. Immutable.
 *
 * @param propagators what goes along with tasks
 * @param observer observes tasks
 * @param logs logging system that takes what workers log, or {@code null} if they log as
 * they are configured
 * @param spans takes spans that end in workers
 * @param logRate log events and printed lines of a worker a second, or 0 for no limit
 */
public record PoolIntegrations(List<ContextPropagator> propagators, TaskObserver observer, @Nullable WorkerLogs logs,
		SpanSink spans, int logRate) {

	/** A pool that stands alone. */
	public static final PoolIntegrations NONE = new PoolIntegrations(List.of(), TaskObserver.NONE, null, SpanSink.NONE,
			PoolDefaults.LOG_RATE);

	private static final Logger logger = LoggerFactory.getLogger(PoolIntegrations.class);

	/**
	 * Copies the list.
	 */
	public PoolIntegrations {
		propagators = List.copyOf(propagators);
	}

	ContextCarrier carrier(PoolConfig config, ValueCodec values) {
		return new ContextCarrier(this.propagators, config.filter(), values,
				(propagator, key, cause) -> logger.debug(
						"pool {}: '{}' of the caller's {} does not go along with tasks: {}", config.name(), key,
						propagator, cause.toString()));
	}

	/**
	 * Those that a worker can make for itself.
	 */
	List<String> propagatorClasses() {
		List<String> names = new ArrayList<>();
		for (ContextPropagator propagator : this.propagators) {
			if (isMadeByName(propagator.getClass())) {
				names.add(propagator.getClass().getName());
			}
		}
		return names;
	}

	private static boolean isMadeByName(Class<?> type) {
		try {
			return Modifier.isPublic(type.getModifiers())
					&& Modifier.isPublic(type.getDeclaredConstructor().getModifiers());
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

}
