package io.github.processpool.slim;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ReflectionUtils;

/**
 * Follows configuration classes back to those that import or enclose them.
 */
final class ImportTrail {

	private static final String REGISTRY = "org.springframework.context.annotation.ConfigurationClassPostProcessor.importRegistry";

	private final Object registry;

	private final Method importingClass;

	/**
	 * Creates a trail.
	 * @param beanFactory factory whose configuration classes have been read
	 * @throws IllegalStateException if Spring does not tell who imports what
	 */
	ImportTrail(ConfigurableListableBeanFactory beanFactory) {
		Object registry = beanFactory.getSingleton(REGISTRY);
		Method method = (registry != null)
				? ReflectionUtils.findMethod(registry.getClass(), "getImportingClassFor", String.class) : null;
		if (registry == null || method == null) {
			throw new IllegalStateException("Spring does not tell who imports which configuration class");
		}
		ReflectionUtils.makeAccessible(method);
		this.registry = registry;
		this.importingClass = method;
	}

	/**
	 * The way from a configuration class to where it comes from.
	 * @param configuration name of the class
	 * @return the class itself, then each time what imports or else encloses it
	 */
	List<String> of(String configuration) {
		List<String> trail = new ArrayList<>();
		String current = configuration;
		while (current != null && !trail.contains(current)) {
			trail.add(current);
			String importing = importing(current);
			current = (importing != null) ? importing : enclosing(current);
		}
		return trail;
	}

	private @Nullable String importing(String name) {
		Object metadata = ReflectionUtils.invokeMethod(this.importingClass, this.registry, name);
		return (metadata instanceof AnnotationMetadata importing) ? importing.getClassName() : null;
	}

	private static @Nullable String enclosing(String name) {
		int dollar = name.lastIndexOf('$');
		return (dollar > 0) ? name.substring(0, dollar) : null;
	}

}
