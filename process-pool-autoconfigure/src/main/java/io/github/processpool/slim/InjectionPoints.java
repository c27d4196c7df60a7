package io.github.processpool.slim;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Lookup;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation.Adapt;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * The types that a bean may be given, now or whenever it asks for them: that which an
 * {@code ObjectProvider}, an {@code Optional} or a collection stands for. Confined to one
 * thread.
 */
final class InjectionPoints {

	private static final Set<String> INJECTED = Set.of("jakarta.inject.Inject", "jakarta.annotation.Resource",
			"javax.inject.Inject", "javax.annotation.Resource");

	private static final Set<String> PERSISTENCE = Set.of("jakarta.persistence.PersistenceContext",
			"jakarta.persistence.PersistenceUnit");

	/** Of Spring, or a reference to a bean in one. */
	private static final Pattern EXPRESSION = Pattern.compile("#\\{|@[A-Za-z'\"]");

	private static final String PROVIDER = "jakarta.inject.Provider";

	private final Set<Class<?>> types = new LinkedHashSet<>();

	private final Set<String> expressions = new LinkedHashSet<>();

	private boolean persistence;

	/**
	 * Adds what is injected into objects of a class.
	 * @param type the class
	 * @param constructed whether the container calls its constructor
	 */
	void addClass(Class<?> type, boolean constructed) {
		if (constructed && !type.isInterface()) {
			boolean bound = MergedAnnotations.from(type).isPresent(ConfigurationProperties.class);
			for (Constructor<?> constructor : type.getDeclaredConstructors()) {
				// Otherwise its parameters are values of properties
				if (!bound || isInjected(constructor)) {
					addParameters(constructor, type);
				}
			}
		}
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			for (Field field : current.getDeclaredFields()) {
				if (isInjected(field)) {
					add(ResolvableType.forField(field, type));
				}
			}
			for (Method method : current.getDeclaredMethods()) {
				if (isInjected(method)) {
					addParameters(method, type);
				}
				if (method.getAnnotations().length > 0 && MergedAnnotations.from(method).isPresent(Lookup.class)) {
					add(ResolvableType.forMethodReturnType(method, type));
				}
			}
		}
	}

	/**
	 * Adds the parameters of a method or constructor.
	 * @param executable what is called
	 * @param type class on which it is called
	 */
	void addParameters(Executable executable, Class<?> type) {
		for (int i = 0; i < executable.getParameterCount(); i++) {
			MethodParameter parameter = MethodParameter.forExecutable(executable, i).withContainingClass(type);
			addExpressions(parameter.getParameterAnnotations());
			add(ResolvableType.forMethodParameter(parameter));
		}
	}

	private boolean isInjected(AnnotatedElement element) {
		Annotation[] annotations = element.getAnnotations();
		if (annotations.length == 0) {
			return false;
		}
		addExpressions(annotations);
		MergedAnnotations merged = MergedAnnotations.from(element);
		boolean persistent = PERSISTENCE.stream().anyMatch(merged::isPresent);
		this.persistence |= persistent;
		return persistent || merged.isPresent(Autowired.class) || INJECTED.stream().anyMatch(merged::isPresent);
	}

	/**
	 * Not only of {@code @Value}: conditions of caches, listeners and security are such.
	 */
	private void addExpressions(Annotation[] annotations) {
		if (annotations.length > 0) {
			MergedAnnotations.from(annotations)
				.stream()
				.flatMap((annotation) -> annotation.asMap(Adapt.CLASS_TO_STRING).values().stream())
				.flatMap((value) -> (value instanceof String[] texts) ? Arrays.stream(texts) : Stream.of(value))
				.filter((value) -> value instanceof String text && EXPRESSION.matcher(text).find())
				.forEach((value) -> this.expressions.add((String) value));
		}
	}

	private void add(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (type.isArray()) {
			add(type.getComponentType());
		}
		else if (ObjectFactory.class.isAssignableFrom(raw) || raw == Optional.class
				|| BaseStream.class.isAssignableFrom(raw) || raw.getName().equals(PROVIDER)) {
			add(type.getGeneric(0));
		}
		else {
			this.types.add(raw);
			if (Collection.class.isAssignableFrom(raw) && type.hasGenerics()) {
				add(type.getGeneric(0));
			}
			if (Map.class.isAssignableFrom(raw) && type.getGenerics().length == 2) {
				add(type.getGeneric(1));
			}
		}
	}

	Set<Class<?>> types() {
		return this.types;
	}

	/**
	 * Whether a bean could be anything that is injected.
	 */
	boolean areUnlimited() {
		return this.types.stream().anyMatch((type) -> type == Object.class || BeanFactory.class.isAssignableFrom(type));
	}

	/**
	 * Expressions in annotations, which may name beans.
	 */
	Set<String> expressions() {
		return this.expressions;
	}

	/**
	 * Whether an entity manager is asked for.
	 */
	boolean usesPersistence() {
		return this.persistence;
	}

}
