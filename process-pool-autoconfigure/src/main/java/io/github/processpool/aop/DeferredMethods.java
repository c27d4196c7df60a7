package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.DeferToProcess;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * All that is known about deferred methods, worked out once a method. Safe for use by
 * many threads.
 */
public final class DeferredMethods {

	private final AttributeReader attributes;

	private final Map<MethodClassKey, Optional<MergedAnnotation<DeferToProcess>>> annotations = new ConcurrentHashMap<>();

	private final Map<MethodClassKey, DeferredMethod> methods = new ConcurrentHashMap<>();

	private final Map<Class<?>, Set<Method>> byClass = new ConcurrentHashMap<>();

	/**
	 * Creates an empty cache.
	 * @param placeholders resolves placeholders in attributes of the annotation
	 */
	public DeferredMethods(StringValueResolver placeholders) {
		this.attributes = new AttributeReader(placeholders);
	}

	AttributeReader attributes() {
		return this.attributes;
	}

	boolean isDeferred(Method method, Class<?> targetClass) {
		return annotation(method, targetClass).isPresent();
	}

	Optional<MergedAnnotation<DeferToProcess>> annotation(Method method, Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(method, targetClass);
		Optional<MergedAnnotation<DeferToProcess>> known = this.annotations.get(key);
		if (known == null) {
			known = Optional.ofNullable(DeferredAnnotations.find(method, targetClass));
			this.annotations.put(key, known);
		}
		return known;
	}

	/**
	 * The deferred methods of a class, whether or not a proxy can intercept them.
	 * @param targetClass class of a bean
	 * @return the most specific methods
	 */
	Set<Method> of(Class<?> targetClass) {
		if (!DeferredAnnotations.isCandidate(targetClass)) {
			return Set.of();
		}
		Set<Method> known = this.byClass.get(targetClass);
		if (known == null) {
			MetadataLookup<Boolean> lookup = (method) -> isDeferred(method, targetClass) ? Boolean.TRUE : null;
			known = Set.copyOf(MethodIntrospector.selectMethods(targetClass, lookup).keySet());
			this.byClass.put(targetClass, known);
		}
		return known;
	}

	/**
	 * What is known about a deferred method.
	 * @param called the method as it was called
	 * @param targetClass class of the bean
	 * @return its metadata
	 * @throws InvalidDeferredMethodException if its annotation is at fault
	 */
	DeferredMethod get(Method called, Class<?> targetClass) {
		MethodClassKey key = new MethodClassKey(called, targetClass);
		DeferredMethod known = this.methods.get(key);
		if (known == null) {
			known = read(called, targetClass);
			this.methods.put(key, known);
		}
		return known;
	}

	private DeferredMethod read(Method called, Class<?> targetClass) {
		MergedAnnotation<DeferToProcess> annotation = annotation(called, targetClass)
			.orElseThrow(() -> new IllegalStateException(DeferredMethod.describe(called) + " is not deferred"));
		Class<?> userClass = ClassUtils.getUserClass(targetClass);
		Method specific = AopUtils.getMostSpecificMethod(called, userClass);
		List<DeferredMethodProblem> problems = new ArrayList<>();
		AttributeReader.Problems sink = (problem, remedy) -> problems
			.add(new DeferredMethodProblem("?", DeferredMethod.describe(specific), problem, remedy));
		DeferredMethod method = DeferredMethod.of(specific, called, returnType(specific, userClass),
				this.attributes.pool(annotation, sink), this.attributes.options(annotation, sink));
		if (!problems.isEmpty()) {
			throw new InvalidDeferredMethodException(problems);
		}
		return method;
	}

	/**
	 * The return type as callers of that class see it, type variables resolved.
	 * @param method a method
	 * @param targetClass class of the bean
	 * @return the type
	 */
	static Class<?> returnType(Method method, Class<?> targetClass) {
		return ResolvableType.forMethodReturnType(method, targetClass).resolve(method.getReturnType());
	}

}
