package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the beans that have deferred methods, by their definitions: no bean is made.
 */
final class DeferredBeans {

	private static final Comparator<Method> BY_DESCRIPTION = Comparator.comparing(DeferredMethod::describe);

	private final ConfigurableListableBeanFactory beanFactory;

	private final DeferredMethods methods;

	DeferredBeans(ConfigurableListableBeanFactory beanFactory, DeferredMethods methods) {
		this.beanFactory = beanFactory;
		this.methods = methods;
	}

	List<DeferredBean> scan() {
		List<DeferredBean> beans = new ArrayList<>();
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
			Class<?> type = definition.isAbstract() ? null : type(name, definition);
			if (type == null || ScopedObject.class.isAssignableFrom(type)) {
				continue;
			}
			List<Method> deferred = this.methods.of(type).stream().sorted(BY_DESCRIPTION).toList();
			if (!deferred.isEmpty()) {
				beans.add(new DeferredBean(name, type, definition.getScope(), deferred));
			}
		}
		return beans;
	}

	private @Nullable Class<?> type(String name, BeanDefinition definition) {
		Class<?> type = (Class<?>) definition.getAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE);
		if (type == null && !this.beanFactory.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name))) {
			type = this.beanFactory.getType(name, false);
		}
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	/**
	 * A bean with deferred methods.
	 *
	 * @param name its name
	 * @param type class of its target
	 * @param scope its scope, or {@code null} for the default
	 * @param methods its deferred methods
	 */
	record DeferredBean(String name, Class<?> type, @Nullable String scope, List<Method> methods) {

		/**
		 * The name that the application gave it, for messages.
		 */
		String givenName() {
			return ScopedProxyUtils.isScopedTarget(this.name) ? ScopedProxyUtils.getOriginalBeanName(this.name)
					: this.name;
		}

	}

}
