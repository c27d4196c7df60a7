package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.ClassUtils;

/**
 * Knows which auto-configuration each bean definition comes from. Those that a registrar
 * made come from nowhere.
 */
final class BeanOrigins {

	private final ContextBeans beans;

	private final ImportTrail trail;

	private final Set<String> candidates = new LinkedHashSet<>();

	private final Map<String, List<String>> trails = new HashMap<>();

	/** Names of beans by auto-configuration. */
	private final Map<String, List<String>> byOrigin = new LinkedHashMap<>();

	BeanOrigins(ContextBeans beans) {
		this.beans = beans;
		this.trail = new ImportTrail(beans.factory());
		ImportCandidates.load(AutoConfiguration.class, beans.factory().getBeanClassLoader())
			.forEach(this.candidates::add);
		for (String name : beans.names()) {
			String origin = of(name);
			if (origin != null) {
				this.byOrigin.computeIfAbsent(origin, (key) -> new ArrayList<>()).add(name);
			}
		}
	}

	/**
	 * Auto-configurations that are in force.
	 * @return names of classes
	 */
	Set<String> all() {
		return this.byOrigin.keySet();
	}

	boolean isCandidate(String type) {
		return this.candidates.contains(type);
	}

	List<String> beansOf(String autoConfiguration) {
		return this.byOrigin.getOrDefault(autoConfiguration, List.of());
	}

	/**
	 * Where a bean comes from.
	 * @param bean name of the bean
	 * @return name of an auto-configuration, or {@code null} if it comes from the
	 * application or nobody knows
	 */
	@Nullable String of(String bean) {
		for (String step : trail(bean)) {
			if (this.candidates.contains(step)) {
				return step;
			}
		}
		return null;
	}

	/**
	 * Where a configuration class comes from, whether it has been skipped or not.
	 * @param configuration name of the class
	 * @return name of an auto-configuration, or {@code null} if it comes from the
	 * application or nobody knows
	 */
	@Nullable String ofClass(String configuration) {
		return this.trail.of(configuration).stream().filter(this.candidates::contains).findFirst().orElse(null);
	}

	/**
	 * The configuration classes on whose conditions a bean depends.
	 * @param bean name of the bean
	 * @return names of classes, up to the auto-configuration
	 */
	List<String> trail(String bean) {
		List<String> known = this.trails.get(bean);
		if (known == null) {
			String configuration = configuration(bean);
			known = (configuration != null) ? upToCandidate(this.trail.of(configuration)) : List.of();
			this.trails.put(bean, known);
		}
		return known;
	}

	private List<String> upToCandidate(List<String> trail) {
		for (int i = 0; i < trail.size(); i++) {
			if (this.candidates.contains(trail.get(i))) {
				return trail.subList(0, i + 1);
			}
		}
		return trail;
	}

	private @Nullable String configuration(String bean) {
		BeanDefinition definition = this.beans.factory().getBeanDefinition(bean);
		String factoryBean = definition.getFactoryBeanName();
		if (factoryBean != null) {
			return this.beans.contains(factoryBean) ? className(this.beans.factory().getBeanDefinition(factoryBean))
					: null;
		}
		MethodMetadata method = (definition instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		return (method != null) ? method.getDeclaringClassName() : className(definition);
	}

	/** Configuration classes are replaced by generated ones. */
	private static @Nullable String className(BeanDefinition definition) {
		String name = definition.getBeanClassName();
		int generated = (name != null) ? name.indexOf(ClassUtils.CGLIB_CLASS_SEPARATOR) : -1;
		return (name != null && generated > 0) ? name.substring(0, generated) : name;
	}

}
