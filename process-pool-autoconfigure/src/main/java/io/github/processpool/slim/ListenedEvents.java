package io.github.processpool.slim;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.processpool.worker.context.LifecycleEvents;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * What a class of beans listens to.
 */
final class ListenedEvents {

	/** They decide by code, which has been read. */
	private static final Set<String> OF_THE_START = Set
		.of("org.springframework.boot.micrometer.metrics.startup.StartupTimeMetricsListener");

	private static final MethodIntrospector.MetadataLookup<EventListener> LISTENER = (method) -> AnnotatedElementUtils
		.findMergedAnnotation(method, EventListener.class);

	private ListenedEvents() {
	}

	/**
	 * Whether a class listens to anything.
	 * @param type the class
	 * @return {@code true} for a listener and for a class with listener methods
	 */
	static boolean of(Class<?> type) {
		return ApplicationListener.class.isAssignableFrom(type) || !methods(type).isEmpty();
	}

	/**
	 * Whether a class listens to what a worker may publish.
	 * @param type the class
	 * @return {@code false} if it listens to nothing, or only to events that workers do
	 * not have
	 */
	static boolean concernWorkers(Class<?> type) {
		if (OF_THE_START.contains(type.getName())) {
			return false;
		}
		if (ApplicationListener.class.isAssignableFrom(type)) {
			Class<?> event = ResolvableType.forClass(type).as(ApplicationListener.class).getGeneric().resolve();
			if (event == null || SmartApplicationListener.class.isAssignableFrom(type)
					|| GenericApplicationListener.class.isAssignableFrom(type) || !LifecycleEvents.include(event)) {
				return true;
			}
		}
		return methods(type).entrySet()
			.stream()
			.anyMatch((
					method) -> !events(method.getKey(), method.getValue()).stream().allMatch(LifecycleEvents::include));
	}

	private static Map<Method, EventListener> methods(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, EventListener.class)
				? MethodIntrospector.selectMethods(type, LISTENER) : Map.of();
	}

	private static Set<Class<?>> events(Method method, EventListener listener) {
		Set<Class<?>> events = new LinkedHashSet<>(Arrays.asList(listener.classes()));
		if (events.isEmpty()) {
			events.addAll(Arrays.asList(method.getParameterTypes()));
		}
		return events;
	}

	static Set<String> classNames() {
		return OF_THE_START;
	}

}
