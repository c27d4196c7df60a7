package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.processpool.ContextPropagator;
import io.github.processpool.ProcessPool;

import org.springframework.aop.Advisor;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * The beans with which the closure begins: what a worker makes for its tasks, and what it
 * makes in any case because it acts on all beans.
 */
final class WorkerRoots {

	private static final String ASPECT = "org.aspectj.lang.annotation.Aspect";

	/** Looked up by name during a refresh. */
	private static final List<String> NAMES = List.of(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME,
			AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
			AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
			ConfigurableApplicationContext.CONVERSION_SERVICE_BEAN_NAME,
			ConfigurableApplicationContext.LOAD_TIME_WEAVER_BEAN_NAME);

	private static final List<String> TYPES = List.of(BeanFactoryPostProcessor.class.getName(), Advisor.class.getName(),
			ProcessPool.class.getName(), "org.springframework.scheduling.annotation.AsyncConfigurer");

	private static final String OBSERVING_PROPAGATOR = "io.github.processpool.observation.TaskExecutionPropagator";

	private static final String HANDLER = "io.micrometer.observation.ObservationHandler";

	private static final String METERS = "io.micrometer.core.instrument.observation.MeterObservationHandler";

	/** With one of the application nobody knows who listens. */
	private static final List<String> REGISTRIES = List.of("io.micrometer.observation.ObservationRegistry",
			"org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer");

	private final ContextBeans beans;

	private final BeanOrigins origins;

	private final NeededBeans needed;

	WorkerRoots(ContextBeans beans, BeanOrigins origins, NeededBeans needed) {
		this.beans = beans;
		this.origins = origins;
		this.needed = needed;
	}

	/**
	 * Adds all of them.
	 * @param deferred names of the deferred beans
	 */
	void add(Collection<String> deferred) {
		this.needed.addMade(deferred);
		this.needed.addMade(NAMES);
		TYPES.forEach((type) -> this.needed.addMade(this.beans.ofType(type)));
		this.needed.addMade(aspects());
		this.needed.addMade(propagators());
		this.needed.addMade(binders());
		this.needed.addMade(foreignListeners());
		// One may bring the bean that another one acts on
		boolean complete = false;
		Set<String> added = new LinkedHashSet<>();
		while (!complete) {
			List<String> more = new ArrayList<>(postProcessors());
			if (this.needed.publishes()) {
				more.addAll(listeners());
			}
			complete = !added.addAll(more);
			this.needed.addMade(more);
		}
	}

	/**
	 * Names of classes of optional libraries, which have to exist.
	 */
	static List<String> classNames() {
		List<String> names = new ArrayList<>(REGISTRIES);
		names.addAll(List.of(ASPECT, OBSERVING_PROPAGATOR, HANDLER, METERS));
		return names;
	}

	private List<String> aspects() {
		return select(
				(type) -> MergedAnnotations.from(type, MergedAnnotations.SearchStrategy.SUPERCLASS).isPresent(ASPECT));
	}

	/** Ours does nothing where nobody observes but for the sake of meters. */
	private List<String> propagators() {
		List<String> found = new ArrayList<>(this.beans.ofType(ContextPropagator.class));
		if (!isObserved()) {
			found.removeAll(this.beans.ofType(OBSERVING_PROPAGATOR));
		}
		return found;
	}

	private boolean isObserved() {
		List<String> handlers = new ArrayList<>(this.beans.ofType(HANDLER));
		handlers.removeAll(this.beans.ofType(METERS));
		return !handlers.isEmpty() || REGISTRIES.stream()
			.flatMap((type) -> this.beans.ofType(type).stream())
			.anyMatch((name) -> this.origins.of(name) == null);
	}

	private List<String> postProcessors() {
		List<String> found = new ArrayList<>();
		for (String name : this.beans.ofType(BeanPostProcessor.class)) {
			boolean idle = false;
			for (Map.Entry<String, String> processor : PostProcessors.targets().entrySet()) {
				idle |= this.beans.ofType(processor.getKey()).contains(name)
						&& !this.needed.makes(processor.getValue());
			}
			if (!idle) {
				found.add(name);
			}
		}
		return found;
	}

	/** Those of the application. The others are there in any case. */
	private List<String> listeners() {
		List<String> found = select(ListenedEvents::of);
		found.removeIf((name) -> this.origins.of(name) != null);
		return found;
	}

	/** A listener that is left out would not be missed by anybody. */
	private List<String> foreignListeners() {
		List<String> found = select(ListenedEvents::concernWorkers);
		found.removeIf((name) -> this.origins.of(name) == null);
		return found;
	}

	/** Whatever properties are bound with. */
	private List<String> binders() {
		List<String> found = new ArrayList<>(this.beans.ofType(ConfigurationPropertiesBindHandlerAdvisor.class));
		for (String name : this.beans.names()) {
			if (this.beans.factory().findAnnotationOnBean(name, ConfigurationPropertiesBinding.class, false) != null) {
				found.add(name);
			}
		}
		return found;
	}

	private List<String> select(Predicate<Class<?>> condition) {
		List<String> found = new ArrayList<>();
		for (String name : this.beans.names()) {
			if (this.beans.types(name).stream().map(ClassUtils::getUserClass).anyMatch(condition)) {
				found.add(name);
			}
		}
		return found;
	}

}
