package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.ApplicationPidFileWriter;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Changes a {@link SpringApplication} so that it starts as a worker's, after the
 * application's own code has configured it.
 */
final class ApplicationTuner {

	private final ContextSettings settings;

	private final WorkerDefaults defaults;

	ApplicationTuner(ContextSettings settings, WorkerDefaults defaults) {
		this.settings = settings;
		this.defaults = defaults;
	}

	void tune(SpringApplication application) {
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.setKeepAlive(false);
		application.setLazyInitialization(false);
		application
			.setApplicationContextFactory((type) -> new WorkerContext(new LookupGuard(this.settings.slice().absent())));
		application.addInitializers(this::initialize);
		List<ApplicationListener<?>> listeners = new ArrayList<>(application.getListeners());
		// It would put this pid into the parent's file
		listeners.removeIf(ApplicationPidFileWriter.class::isInstance);
		listeners.add(new First(new WorkerEnvironment(this.settings), this.defaults));
		listeners.add(new Last(new WorkerEnvironment(this.settings), this.defaults));
		application.setListeners(listeners);
	}

	private void initialize(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new SideEffectRemover(context.getEnvironment()));
		new TypeExcludeFilters(this.settings.typeExcludeFilters()).registerWith(context);
	}

	/**
	 * Adds property sources before configuration files are looked for.
	 */
	private record First(WorkerEnvironment environment,
			WorkerDefaults defaults) implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

		@Override
		public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
			this.environment.addBeforeConfigurationFiles(event.getEnvironment());
			this.defaults.putFirst(event.getEnvironment());
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	/**
	 * Adds property sources after configuration files are read.
	 */
	private record Last(WorkerEnvironment environment,
			WorkerDefaults defaults) implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

		@Override
		public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
			this.environment.addAfterConfigurationFiles(event.getEnvironment());
			this.defaults.putFirst(event.getEnvironment());
			LogFiles.detach();
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

}
