package io.github.processpool.observation;

import java.lang.reflect.Field;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationRegistry.ObservationConfig;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Spares observations of tasks what nobody asks for: where only Micrometer's own tracing
 * takes notice of them and the trace is not sampled, tags and names are not made. Looks
 * anew for each task, because handlers may be registered at any time. Safe for use by
 * many threads.
 */
final class TracingAlone {

	/** Is never alone. */
	static final TracingAlone NEVER = new TracingAlone(List.of());

	private static final String TRACING = "io.micrometer.tracing.handler.TracingObservationHandler";

	private final List<ObservationHandler<Observation.Context>> handlers;

	/** Last handler that was seen to make no meters of tasks. */
	private volatile @Nullable ObservationHandler<Observation.Context> silent;

	private TracingAlone(List<ObservationHandler<Observation.Context>> handlers) {
		this.handlers = handlers;
	}

	/**
	 * Looks for the handlers of a registry, which keeps them to itself, by reflection.
	 * @param registry the registry
	 * @return {@link #NEVER} if nobody traces or the handlers cannot be known
	 */
	@SuppressWarnings("unchecked")
	static TracingAlone of(ObservationRegistry registry) {
		if (!ClassUtils.isPresent(TRACING, TracingAlone.class.getClassLoader())) {
			return NEVER;
		}
		try {
			Field handlers = ObservationConfig.class.getDeclaredField("observationHandlers");
			handlers.setAccessible(true);
			Object live = handlers.get(registry.observationConfig());
			return (live instanceof List<?>) ? new TracingAlone((List<ObservationHandler<Observation.Context>>) live)
					: NEVER;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return NEVER;
		}
	}

	/**
	 * Starts an observation, for the handler of traces only if it is alone.
	 * @param observation the observation
	 * @param context its context
	 * @param name its name
	 * @return whether anything of it is recorded, so that it has to be stopped
	 */
	boolean start(Observation observation, Observation.Context context, String name) {
		ObservationHandler<Observation.Context> tracing = observation.isNoop() ? null : find(context);
		if (tracing == null) {
			observation.start();
			return true;
		}
		context.setName(name);
		tracing.onStart(context);
		return isRecorded(context);
	}

	private static boolean isRecorded(Observation.Context context) {
		TracingContext tracing = context.get(TracingContext.class);
		Span span = (tracing != null) ? tracing.getSpan() : null;
		return span == null || !span.isNoop();
	}

	private @Nullable ObservationHandler<Observation.Context> find(Observation.Context context) {
		ObservationHandler<Observation.Context> tracing = null;
		for (ObservationHandler<Observation.Context> registered : this.handlers) {
			ObservationHandler<Observation.Context> acting = acting(registered, context);
			if (acting == null || isSilent(acting)) {
				continue;
			}
			if (tracing != null || !isTracing(acting)) {
				return null;
			}
			tracing = acting;
		}
		return tracing;
	}

	private static @Nullable ObservationHandler<Observation.Context> acting(
			ObservationHandler<Observation.Context> registered, Observation.Context context) {
		if (!(registered instanceof FirstMatchingCompositeObservationHandler group)) {
			return registered.supportsContext(context) ? registered : null;
		}
		for (ObservationHandler<Observation.Context> member : group.getHandlers()) {
			if (member.supportsContext(context)) {
				return member;
			}
		}
		return null;
	}

	private boolean isSilent(ObservationHandler<Observation.Context> handler) {
		if (handler == this.silent) {
			return true;
		}
		if (isTracing(handler) || !handler.supportsContext(new Probe())
				|| handler.supportsContext(new Observation.Context())) {
			return false;
		}
		this.silent = handler;
		return true;
	}

	private static boolean isTracing(ObservationHandler<?> handler) {
		return handler.getClass() == PropagatingSenderTracingObservationHandler.class
				|| handler.getClass() == PropagatingReceiverTracingObservationHandler.class;
	}

	/**
	 * Supported by nobody but {@link NoTaskMeters}, which is so known behind wrappers.
	 */
	static final class Probe extends Observation.Context {

	}

}
