package io.github.processpool.worker.context;

import java.util.List;

import org.springframework.beans.BeanUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Filters of component scans that tests give to a context by code. Without them a worker
 * would find the configuration of other tests on the class path.
 */
record TypeExcludeFilters(List<String> names) {

	void registerWith(ConfigurableApplicationContext context) {
		for (String name : this.names) {
			Class<?> type = ClassUtils.resolveClassName(name, context.getClassLoader());
			if (!context.getBeanFactory().containsSingleton(name)) {
				context.getBeanFactory().registerSingleton(name, BeanUtils.instantiateClass(type));
			}
		}
	}

}
