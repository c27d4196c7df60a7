package io.github.processpool.autoconfigure;

import java.util.List;

import io.github.processpool.worker.context.MainMethod;
import io.github.processpool.worker.context.SourceNames;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How a context's application was started.
 *
 * @param mainClass class whose {@code main} method started it, or {@code null}
 * @param sources names of its sources
 * @param arguments its arguments
 */
record CapturedApplication(@Nullable String mainClass, List<String> sources, List<String> arguments) {

	private static final String BEAN_NAME = CapturedApplication.class.getName();

	static CapturedApplication of(SpringApplication application, String[] arguments) {
		Class<?> mainClass = application.getMainApplicationClass();
		String name = (mainClass != null && MainMethod.find(mainClass) != null) ? mainClass.getName() : null;
		return new CapturedApplication(name, List.copyOf(SourceNames.of(application.getAllSources())),
				List.of(arguments));
	}

	void registerWith(ConfigurableListableBeanFactory beanFactory) {
		if (!beanFactory.containsSingleton(BEAN_NAME)) {
			beanFactory.registerSingleton(BEAN_NAME, this);
		}
	}

	static @Nullable CapturedApplication find(ConfigurableApplicationContext context) {
		for (ApplicationContext current = context; current != null; current = current.getParent()) {
			if (current instanceof ConfigurableApplicationContext configurable && configurable.getBeanFactory()
				.getSingleton(BEAN_NAME) instanceof CapturedApplication application) {
				return application;
			}
		}
		return null;
	}

}
