package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Calls beans of a few configuration classes; the application itself is not started.
 */
public final class ConfigurationRuntime extends ContextRuntime {

	@Override
	ConfigurableApplicationContext createContext(ContextSettings settings) throws ClassNotFoundException {
		ClassLoader loader = classLoader();
		WorkerSystemProperties.apply(settings.systemProperties());
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.setConversionService(new ApplicationConversionService());
		new WorkerEnvironment(settings).addTo(environment);
		LoggingSystem logging = LoggingSystem.get(loader);
		logging.beforeInitialize();
		logging.initialize(new LoggingInitializationContext(environment), null, null);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(new WorkerBeanFactory());
		context.setEnvironment(environment);
		context.setClassLoader(loader);
		context.getBeanFactory().setConversionService(environment.getConversionService());
		context.addBeanFactoryPostProcessor(new SideEffectRemover(environment));
		List<Class<?>> classes = new ArrayList<>();
		for (String name : settings.configurationClasses()) {
			classes.add(ClassUtils.forName(name, loader));
		}
		context.register(classes.toArray(Class<?>[]::new));
		context.refresh();
		return context;
	}

}
