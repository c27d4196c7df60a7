package io.github.processpool.worker.context;

import java.util.Set;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Calls beans of the application itself, started without anything that acts by itself.
 */
public final class ApplicationRuntime extends ContextRuntime {

	@Override
	ConfigurableApplicationContext createContext(ContextSettings settings) throws Exception {
		Set<String> own = WorkerSystemProperties.apply(settings.systemProperties());
		return new ApplicationStarter(settings, new WorkerDefaults(own), classLoader()).start();
	}

}
