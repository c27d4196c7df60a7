package io.github.processpool.worker.context;

import java.lang.reflect.Method;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.util.ReflectionUtils;

/**
 * Keeps JPA from changing the schema also where an application configures its
 * {@code EntityManagerFactory} by code and not by properties.
 */
final class SchemaGuard implements BeanPostProcessor {

	private static final String FACTORY_BEAN = "org.springframework.orm.jpa.AbstractEntityManagerFactoryBean";

	private final Environment environment;

	SchemaGuard(Environment environment) {
		this.environment = environment;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (isEntityManagerFactory(bean.getClass())
				&& "none".equals(this.environment.getProperty("spring.jpa.hibernate.ddl-auto", "none"))) {
			Map<Object, Object> properties = jpaProperties(bean);
			properties.put("hibernate.hbm2ddl.auto", "none");
			properties.put("jakarta.persistence.schema-generation.database.action", "none");
			properties.put("jakarta.persistence.schema-generation.scripts.action", "none");
		}
		return bean;
	}

	private static boolean isEntityManagerFactory(@Nullable Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (current.getName().equals(FACTORY_BEAN)) {
				return true;
			}
		}
		return false;
	}

	@SuppressWarnings("unchecked")
	private static Map<Object, Object> jpaProperties(Object factoryBean) {
		Method getter = ReflectionUtils.findMethod(factoryBean.getClass(), "getJpaPropertyMap");
		if (getter != null && ReflectionUtils.invokeMethod(getter, factoryBean) instanceof Map<?, ?> map) {
			return (Map<Object, Object>) map;
		}
		throw new IllegalStateException(
				"Cannot keep " + factoryBean.getClass().getName() + " from changing the schema in a worker");
	}

}
