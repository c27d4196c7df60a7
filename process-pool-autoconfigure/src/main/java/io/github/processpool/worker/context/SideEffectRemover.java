package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Takes what acts by itself out of a worker's context. It knows beans by type, because a
 * wrong name would silently leave them in; types of optional libraries are looked up.
 */
final class SideEffectRemover implements BeanFactoryPostProcessor, Ordered {

	private static final String DELEGATE = "processPoolApplicationEventMulticaster";

	private static final String FLYWAY = "org.flywaydb.core.Flyway";

	private static final Migration[] MIGRATIONS = {
			new Migration("org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer",
					"spring.flyway.enabled", "false"),
			new Migration("liquibase.integration.spring.SpringLiquibase", "spring.liquibase.enabled", "false"),
			new Migration("org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer", "spring.sql.init.mode",
					"never"),
			new Migration("org.springframework.jdbc.datasource.init.DataSourceInitializer", "spring.sql.init.mode",
					"never") };

	private final Environment environment;

	SideEffectRemover(Environment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		WorkerBeanFactory factory = (WorkerBeanFactory) beanFactory;
		removeDefinitions(factory);
		replaceLifecycleProcessor(factory);
		replaceEventMulticaster(factory);
		factory.addBeanPostProcessor(new SchemaGuard(this.environment));
	}

	private void removeDefinitions(WorkerBeanFactory factory) {
		List<Class<?>> unwanted = unwantedTypes(factory.getBeanClassLoader());
		Class<?> flyway = find(FLYWAY, factory.getBeanClassLoader());
		for (String name : factory.getBeanDefinitionNames()) {
			Class<?> type = factory.getType(name, false);
			BeanDefinition definition = factory.getBeanDefinition(name);
			if (type != null && unwanted.stream().anyMatch((candidate) -> candidate.isAssignableFrom(type))) {
				factory.removeBeanDefinition(name);
			}
			else if (type != null && flyway != null && flyway.isAssignableFrom(type)) {
				// An application's own bean with initMethod = "migrate"
				definition.setInitMethodName(null);
			}
		}
	}

	private List<Class<?>> unwantedTypes(@Nullable ClassLoader loader) {
		List<Class<?>> types = new ArrayList<>();
		for (String name : RemovedProcessors.classNames()) {
			addIfPresent(types, name, loader);
		}
		for (Migration migration : MIGRATIONS) {
			if (migration.off.equals(this.environment.getProperty(migration.property, migration.off))) {
				addIfPresent(types, migration.type, loader);
			}
		}
		return types;
	}

	private static void addIfPresent(List<Class<?>> types, String name, @Nullable ClassLoader loader) {
		Class<?> type = find(name, loader);
		if (type != null) {
			types.add(type);
		}
	}

	private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
		return (ClassUtils.isPresent(name, loader)) ? ClassUtils.resolveClassName(name, loader) : null;
	}

	private static void replaceLifecycleProcessor(WorkerBeanFactory factory) {
		String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
		if (factory.containsBeanDefinition(name)) {
			factory.removeBeanDefinition(name);
		}
		factory.registerSingleton(name, new DormantLifecycleProcessor());
	}

	private static void replaceEventMulticaster(WorkerBeanFactory factory) {
		String name = AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;
		Supplier<ApplicationEventMulticaster> delegate = () -> new SimpleApplicationEventMulticaster(factory);
		if (factory.containsBeanDefinition(name)) {
			BeanDefinition definition = factory.getBeanDefinition(name);
			factory.removeBeanDefinition(name);
			factory.registerBeanDefinition(DELEGATE, definition);
			delegate = () -> factory.getBean(DELEGATE, ApplicationEventMulticaster.class);
		}
		factory.registerSingleton(name, new WorkerEventMulticaster(delegate, new EventListenerMethods(factory)));
	}

	/**
	 * A bean that changes a database when it is made, unless a property says that it may.
	 */
	private record Migration(String type, String property, String off) {
	}

}
