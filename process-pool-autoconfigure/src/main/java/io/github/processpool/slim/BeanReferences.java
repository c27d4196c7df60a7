package io.github.processpool.slim;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.BeanReference;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.config.TypedStringValue;

/**
 * Finds what a bean definition itself names: other beans in its property values and
 * constructor arguments, and definitions nested in them. Confined to one thread.
 */
final class BeanReferences {

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<Class<?>> types = new LinkedHashSet<>();

	private final Set<BeanDefinition> nested = new LinkedHashSet<>();

	BeanReferences(BeanDefinition definition) {
		add(definition);
	}

	private void add(BeanDefinition definition) {
		if (definition.hasPropertyValues()) {
			definition.getPropertyValues().forEach((property) -> addValue(property.getValue()));
		}
		if (definition.hasConstructorArgumentValues()) {
			definition.getConstructorArgumentValues()
				.getIndexedArgumentValues()
				.values()
				.forEach((argument) -> addValue(argument.getValue()));
			definition.getConstructorArgumentValues()
				.getGenericArgumentValues()
				.forEach((argument) -> addValue(argument.getValue()));
		}
		String[] dependsOn = definition.getDependsOn();
		if (dependsOn != null) {
			this.names.addAll(Set.of(dependsOn));
		}
		if (definition.getFactoryBeanName() != null) {
			this.names.add(definition.getFactoryBeanName());
		}
	}

	private void addValue(@Nullable Object value) {
		if (value instanceof RuntimeBeanReference reference && reference.getBeanType() != null) {
			this.types.add(reference.getBeanType());
		}
		else if (value instanceof BeanReference reference) {
			this.names.add(reference.getBeanName());
		}
		else if (value instanceof String text) {
			// Such as the name of the target of a scoped proxy
			this.names.add(text);
		}
		else if (value instanceof TypedStringValue text && text.getValue() != null) {
			this.names.add(text.getValue());
		}
		else if (value instanceof BeanDefinitionHolder holder) {
			addNested(holder.getBeanDefinition());
		}
		else if (value instanceof BeanDefinition definition) {
			addNested(definition);
		}
		else if (value instanceof Collection<?> elements) {
			elements.forEach(this::addValue);
		}
		else if (value instanceof Map<?, ?> map) {
			map.keySet().forEach(this::addValue);
			map.values().forEach(this::addValue);
		}
		else if (value instanceof Object[] elements) {
			for (Object element : elements) {
				addValue(element);
			}
		}
	}

	private void addNested(BeanDefinition definition) {
		if (this.nested.add(definition)) {
			add(definition);
		}
	}

	Set<String> names() {
		return this.names;
	}

	Set<Class<?>> types() {
		return this.types;
	}

	/**
	 * Definitions of inner beans.
	 */
	Set<BeanDefinition> nested() {
		return this.nested;
	}

}
