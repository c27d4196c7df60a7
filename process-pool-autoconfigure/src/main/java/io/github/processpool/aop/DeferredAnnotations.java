package io.github.processpool.aop;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import io.github.processpool.DeferToProcess;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the {@link DeferToProcess} that applies to a method: the nearest one on the
 * method and those it overrides or implements, else the nearest one on its class.
 */
final class DeferredAnnotations {

	/**
	 * An annotation on a class is not meant for what the container itself calls on a
	 * bean; a deferred {@code isRunning()} would start a worker to ask it.
	 */
	private static final List<String> CONTAINER_PACKAGES = List.of("org.springframework.beans.",
			"org.springframework.context.", "org.springframework.aop.", "org.springframework.core.");

	/** What the container calls because of an annotation, with what no worker is sent. */
	private static final List<String> CONTAINER_ANNOTATIONS = List.of(
			"org.springframework.beans.factory.annotation.Autowired",
			"org.springframework.beans.factory.annotation.Value", "jakarta.inject.Inject",
			"jakarta.annotation.Resource", "jakarta.annotation.PostConstruct", "jakarta.annotation.PreDestroy");

	private DeferredAnnotations() {
	}

	static boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, DeferToProcess.class);
	}

	static @Nullable MergedAnnotation<DeferToProcess> find(Method method, Class<?> targetClass) {
		if (ReflectionUtils.isObjectMethod(method) || method.isSynthetic() && !method.isBridge()) {
			return null;
		}
		Class<?> userClass = ClassUtils.getUserClass(targetClass);
		Method specific = AopUtils.getMostSpecificMethod(method, userClass);
		MergedAnnotation<DeferToProcess> annotation = onMethod(specific, method, userClass);
		if (annotation == null) {
			annotation = onClass(specific.getDeclaringClass(), userClass, method.getDeclaringClass());
			return (annotation != null && isMeantByClass(specific, userClass)) ? annotation : null;
		}
		return annotation;
	}

	private static @Nullable MergedAnnotation<DeferToProcess> onMethod(Method specific, Method method,
			Class<?> userClass) {
		MergedAnnotation<DeferToProcess> annotation = on(specific);
		if (annotation == null && !method.equals(specific)) {
			annotation = on(method);
		}
		if (annotation == null && specific.getDeclaringClass() != userClass) {
			// inherited from a class that may not know the interface it implements here
			Method declared = InterfaceMethods.find(specific, userClass,
					(candidate) -> MergedAnnotations.from(candidate).isPresent(DeferToProcess.class));
			annotation = (declared != null) ? on(declared) : null;
		}
		return annotation;
	}

	private static @Nullable MergedAnnotation<DeferToProcess> onClass(Class<?>... classes) {
		for (Class<?> candidate : classes) {
			MergedAnnotation<DeferToProcess> annotation = on(candidate);
			if (annotation != null) {
				return annotation;
			}
		}
		return null;
	}

	private static boolean isMeantByClass(Method specific, Class<?> userClass) {
		int modifiers = specific.getModifiers();
		if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)
				|| isContainerType(specific.getDeclaringClass())
				|| CONTAINER_ANNOTATIONS.stream().anyMatch(MergedAnnotations.from(specific)::isPresent)) {
			return false;
		}
		Method declared = InterfaceMethods.find(specific, userClass, (candidate) -> true);
		return declared == null || !isContainerType(declared.getDeclaringClass());
	}

	private static boolean isContainerType(Class<?> type) {
		return CONTAINER_PACKAGES.stream().anyMatch(type.getName()::startsWith);
	}

	private static @Nullable MergedAnnotation<DeferToProcess> on(AnnotatedElement element) {
		MergedAnnotation<DeferToProcess> annotation = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY)
			.get(DeferToProcess.class);
		return annotation.isPresent() ? annotation : null;
	}

}
