package io.github.processpool.observation;

import java.util.Map;
import java.util.function.Supplier;

import io.github.processpool.TaskEvent;
import io.github.processpool.engine.TaskObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.function.SingletonSupplier;

/**
 * Observes tasks in the application. The registry is looked up with the first task, so
 * that a pool can be made early without making it early too.
 *
 * @since 0.1.0
 */
public final class TaskObservations implements TaskObserver {

	private static final Logger logger = LoggerFactory.getLogger(TaskObservations.class);

	private static final TaskObservationConvention DEFAULT = new DefaultTaskObservationConvention();

	private final SingletonSupplier<ObservationRegistry> registry;

	private final SingletonSupplier<TaskObservationConvention> convention;

	private final SingletonSupplier<TracingAlone> tracing;

	/**
	 * Creates an observer.
	 * @param registry supplies the registry
	 * @param convention supplies the names and tags
	 */
	public TaskObservations(Supplier<ObservationRegistry> registry,
			Supplier<@Nullable TaskObservationConvention> convention) {
		this.registry = SingletonSupplier.of(registry);
		this.convention = SingletonSupplier.of(() -> {
			TaskObservationConvention own = convention.get();
			return (own != null) ? own : DEFAULT;
		});
		this.tracing = SingletonSupplier.of(() -> (this.convention.obtain() == DEFAULT)
				? TracingAlone.of(this.registry.obtain()) : TracingAlone.NEVER);
	}

	@Override
	public @Nullable Observed submitted(String pool, String className, String methodName) {
		try {
			ObservationRegistry target = this.registry.obtain();
			if (target.isNoop()) {
				return null;
			}
			TaskObservationContext context = new TaskObservationContext(pool, className, methodName);
			Observation observation = TaskObservationDocumentation.TASK.observation(this.convention.obtain(), DEFAULT,
					() -> context, target);
			if (observation.isNoop()) {
				return null;
			}
			boolean recorded = this.tracing.obtain().start(observation, context, DefaultTaskObservationConvention.NAME);
			return new ObservedTask(recorded ? observation : null, context);
		}
		catch (RuntimeException ex) {
			logger.warn("pool {}: task {}.{} is not observed", pool, className, methodName, ex);
			return null;
		}
	}

	/**
	 * One task under observation.
	 *
	 * @param observation what has to be stopped, or {@code null}
	 * @param context its context
	 */
	private record ObservedTask(@Nullable Observation observation, TaskObservationContext context) implements Observed {

		@Override
		public Map<String, String> traceContext() {
			Map<String, String> carrier = this.context.getCarrier();
			return (carrier != null) ? carrier : Map.of();
		}

		@Override
		public void finished(TaskEvent event, long pid, @Nullable Throwable failure) {
			if (this.observation == null) {
				return;
			}
			try {
				this.context.finished(event, pid);
				if (failure != null) {
					this.observation.error(failure);
				}
				this.observation.stop();
			}
			catch (RuntimeException | Error ex) {
				// Also what the failure, which is not ours, may throw when it is asked
				logger.warn("the observation of task {}.{} cannot be ended", event.className(), event.methodName(), ex);
			}
		}

	}

}
