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

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Lookup;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation.Adapt;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

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

	/** Of Spring, a reference to a bean in one, or a property that may hold one. */
	private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{|@[A-Za-z'\"]");

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
			addDeclared(current, type);
		}
		// Annotations act from there as well
		ClassUtils.getAllInterfacesForClassAsSet(type).forEach((current) -> addDeclared(current, type));
	}

	private void addDeclared(Class<?> current, Class<?> type) {
		addExpressions(current.getAnnotations());
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
				.forEach((annotation) -> addExpressions(
						annotation.asMap(Adapt.CLASS_TO_STRING, Adapt.ANNOTATION_TO_MAP)));
		}
	}

	private void addExpressions(Object value) {
		if (value instanceof String text) {
			if (isExpression(text)) {
				this.expressions.add(text);
			}
		}
		else if (value instanceof Map<?, ?> attributes) {
			attributes.values().forEach(this::addExpressions);
		}
		else if (value instanceof Object[] values) {
			Arrays.stream(values).forEach(this::addExpressions);
		}
	}

	/**
	 * Whether a text may be an expression that names beans.
	 * @param text any text
	 * @return {@code true} for one of Spring and for a reference to a bean or a property
	 */
	static boolean isExpression(String text) {
		return EXPRESSION.matcher(text).find();
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
