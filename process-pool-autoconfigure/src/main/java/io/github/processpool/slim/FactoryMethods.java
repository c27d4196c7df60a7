package io.github.processpool.slim;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The methods by which a bean may be made.
 */
final class FactoryMethods {

	private FactoryMethods() {
	}

	/**
	 * Finds the methods. Before the bean is made, it is not known which of several of one
	 * name will be used.
	 * @param definition definition of the bean, with a factory method
	 * @param beans all beans
	 * @return all that it may be, none if nothing is known
	 */
	static List<Method> of(BeanDefinition definition, ContextBeans beans) {
		Method resolved = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		if (resolved != null) {
			return List.of(resolved);
		}
		Class<?> type = declaringType(definition, beans);
		if (type == null) {
			return List.of();
		}
		return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(ClassUtils.getUserClass(type)))
			.filter((method) -> method.getName().equals(definition.getFactoryMethodName()))
			.toList();
	}

	private static @Nullable Class<?> declaringType(BeanDefinition definition, ContextBeans beans) {
		if (definition.getFactoryBeanName() != null) {
			return beans.types(definition.getFactoryBeanName()).stream().findFirst().orElse(null);
		}
		return (definition.getBeanClassName() != null) ? beans.find(definition.getBeanClassName()) : null;
	}

}
