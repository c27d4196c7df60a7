package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The defined beans of a context with their types. Makes none of them. A snapshot,
 * confined to one thread.
 */
final class ContextBeans {

	private final ConfigurableListableBeanFactory factory;

	private final Map<String, Set<Class<?>>> types = new LinkedHashMap<>();

	private final Map<Class<?>, List<String>> byType = new LinkedHashMap<>();

	/**
	 * To look for what is not there takes longest, above all in an executable archive.
	 */
	private final Map<String, Optional<Class<?>>> classes = new HashMap<>();

	ContextBeans(ConfigurableListableBeanFactory factory) {
		this.factory = factory;
		for (String name : factory.getBeanDefinitionNames()) {
			if (!factory.getBeanDefinition(name).isAbstract()) {
				this.types.put(name, findTypes(name));
			}
		}
	}

	/**
	 * Forgets beans that no worker has.
	 * @param absent their names
	 */
	void remove(Collection<String> absent) {
		this.types.keySet().removeAll(absent);
		this.byType.clear();
	}

	private Set<Class<?>> findTypes(String name) {
		Set<Class<?>> found = new LinkedHashSet<>();
		add(found, this.factory.getType(name, false));
		Object singleton = this.factory.getSingleton(name);
		if (singleton != null) {
			add(found, AopProxyUtils.ultimateTargetClass(singleton));
			// A proxy may have interfaces that its target has not
			add(found, singleton.getClass());
		}
		if (this.factory.isFactoryBean(name)) {
			add(found, this.factory.getType(BeanFactory.FACTORY_BEAN_PREFIX + name, false));
		}
		return found;
	}

	private static void add(Set<Class<?>> types, @Nullable Class<?> type) {
		if (type != null) {
			types.add(type);
		}
	}

	ConfigurableListableBeanFactory factory() {
		return this.factory;
	}

	Set<String> names() {
		return this.types.keySet();
	}

	boolean contains(String name) {
		return this.types.containsKey(name);
	}

	BeanDefinition definition(String name) {
		return this.factory.getMergedBeanDefinition(name);
	}

	/**
	 * The bean if it has been made.
	 * @param name its name
	 * @return the singleton, a factory rather than what it makes, or {@code null}
	 */
	@Nullable Object made(String name) {
		return this.factory.getSingleton(name);
	}

	/**
	 * All that is known of the type of a bean: declared, real, and of its factory.
	 * @param name its name
	 * @return the types, none if nothing is known
	 */
	Set<Class<?>> types(String name) {
		return this.types.getOrDefault(name, Set.of());
	}

	/**
	 * Whether what a bean is cannot be told.
	 * @param name its name
	 * @return {@code true} for a factory that does not tell what it makes
	 */
	boolean isUnknown(String name) {
		Set<Class<?>> known = types(name);
		return known.isEmpty() || known.stream().allMatch(FactoryBean.class::isAssignableFrom);
	}

	boolean is(String name, Class<?> type) {
		return types(name).stream().anyMatch(type::isAssignableFrom);
	}

	List<String> ofType(Class<?> type) {
		List<String> names = this.byType.get(type);
		if (names == null) {
			names = new ArrayList<>();
			for (String name : names()) {
				if (is(name, type)) {
					names.add(name);
				}
			}
			this.byType.put(type, names);
		}
		return names;
	}

	List<String> ofType(String type) {
		Class<?> found = find(type);
		return (found != null) ? ofType(found) : List.of();
	}

	/**
	 * Finds a class of an optional library.
	 * @param name its name
	 * @return the class, or {@code null} if it is not there
	 */
	@Nullable Class<?> find(String name) {
		return this.classes.computeIfAbsent(name, this::load).orElse(null);
	}

	private Optional<Class<?>> load(String name) {
		try {
			return Optional.of(ClassUtils.forName(name, this.factory.getBeanClassLoader()));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return Optional.empty();
		}
	}

}
