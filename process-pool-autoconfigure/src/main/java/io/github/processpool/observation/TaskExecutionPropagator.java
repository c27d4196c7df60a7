package io.github.processpool.observation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.github.processpool.ContextPropagator;
import io.github.processpool.ProcessWorker;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Observes tasks where they run, as children of their observation in the application.
 * What is captured there comes from that observation, so nothing is captured here.
 *
 * @since 0.1.0
 */
public final class TaskExecutionPropagator implements ContextPropagator {

	private static final TaskExecutionConvention DEFAULT = new DefaultTaskExecutionConvention();

	private static final Scope NOTHING = () -> {
	};

	private final SingletonSupplier<ObservationRegistry> registry;

	private final SingletonSupplier<TaskExecutionConvention> convention;

	private final SingletonSupplier<TracingAlone> tracing;

	private final String pool = System.getProperty(ProcessWorker.POOL_PROPERTY, "inline");

	/**
	 * Creates a propagator.
	 * @param registry supplies the registry
	 * @param convention supplies the names and tags
	 */
	public TaskExecutionPropagator(Supplier<ObservationRegistry> registry,
			Supplier<@Nullable TaskExecutionConvention> convention) {
		this.registry = SingletonSupplier.of(registry);
		this.convention = SingletonSupplier.of(() -> {
			TaskExecutionConvention own = convention.get();
			return (own != null) ? own : DEFAULT;
		});
		this.tracing = SingletonSupplier.of(() -> (this.convention.obtain() == DEFAULT)
				? TracingAlone.of(this.registry.obtain()) : TracingAlone.NEVER);
	}

	@Override
	public String name() {
		return "trace";
	}

	@Override
	public @Nullable Map<String, ?> capture() {
		return null;
	}

	@Override
	public Scope restore(Map<String, Object> values, String task) {
		if (values.isEmpty()) {
			return NOTHING;
		}
		Map<String, String> carrier = new HashMap<>();
		values.forEach((key, value) -> carrier.put(key, value.toString()));
		TaskExecutionContext context = new TaskExecutionContext(this.pool, task, carrier);
		Observation observation = TaskObservationDocumentation.TASK_EXECUTION.observation(this.convention.obtain(),
				DEFAULT, () -> context, this.registry.obtain());
		boolean recorded = this.tracing.obtain().start(observation, context, DefaultTaskExecutionConvention.NAME);
		Observation.Scope scope = observation.openScope();
		return recorded ? scope(observation, scope) : scope::close;
	}

	private static Scope scope(Observation observation, Observation.Scope scope) {
		return new Scope() {

			@Override
			public void failed(Throwable failure) {
				observation.error(failure);
			}

			@Override
			public void close() {
				try {
					scope.close();
				}
				finally {
					observation.stop();
				}
			}

		};
	}

}
