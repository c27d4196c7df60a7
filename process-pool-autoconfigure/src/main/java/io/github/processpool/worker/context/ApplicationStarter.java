package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.ThrowingSupplier;

/**
 * Starts the application up to its refreshed context: through its {@code main} method, so
 * that what is customised there holds in workers, or else from its sources.
 */
final class ApplicationStarter {

	private final ContextSettings settings;

	private final WorkerDefaults defaults;

	private final ClassLoader classLoader;

	// Confined to the thread that starts
	private final List<Set<String>> seen = new ArrayList<>();

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable Throwable failure;

	ApplicationStarter(ContextSettings settings, WorkerDefaults defaults, ClassLoader classLoader) {
		this.settings = settings;
		this.defaults = defaults;
		this.classLoader = classLoader;
	}

	/**
	 * Starts the application.
	 * @return its refreshed context
	 * @throws Exception what the application failed with
	 */
	ConfigurableApplicationContext start() throws Exception {
		Throwable thrown = run();
		if (this.failure != null) {
			throw asException(this.failure);
		}
		// Code around run() may swallow the exception that ends it, or pass it on wrapped
		if (this.context != null) {
			return this.context;
		}
		if (thrown != null) {
			throw asException(thrown);
		}
		throw new ProcessPoolException(noApplication());
	}

	private @Nullable Throwable run() {
		String[] arguments = this.settings.arguments().toArray(String[]::new);
		try {
			SpringApplication.withHook(this::listenTo, ThrowingSupplier.of(() -> {
				run(arguments);
				return "";
			}, (message, ex) -> new Thrown(ex)));
			return null;
		}
		catch (Thrown ex) {
			return ex.getCause();
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	private void run(String[] arguments) throws Exception {
		String mainClass = this.settings.mainClass();
		if (mainClass == null) {
			createApplication().run(arguments);
			return;
		}
		MainMethod main = MainMethod.find(ClassUtils.forName(mainClass, this.classLoader));
		Assert.state(main != null, () -> "Class " + mainClass + " has no static main method in this worker");
		try {
			main.run(arguments);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new Thrown(ex);
		}
	}

	private SpringApplication createApplication() {
		SpringApplication application = new SpringApplication();
		addSources(application, this.settings.sources());
		return application;
	}

	/** Some come from around main, as by {@code SpringApplication.from(..).with(..)}. */
	private void addMissingSources(SpringApplication application) {
		Set<String> own = SourceNames.of(application.getAllSources());
		List<String> missing = new ArrayList<>(this.settings.sources());
		if (!own.isEmpty() && missing.containsAll(own)) {
			missing.removeAll(own);
			addSources(application, missing);
		}
	}

	private void addSources(SpringApplication application, List<String> names) {
		List<Class<?>> classes = new ArrayList<>();
		Set<String> others = new LinkedHashSet<>(application.getSources());
		for (String name : names) {
			if (ClassUtils.isPresent(name, this.classLoader)) {
				classes.add(ClassUtils.resolveClassName(name, this.classLoader));
			}
			else {
				others.add(name);
			}
		}
		application.addPrimarySources(classes);
		application.setSources(others);
	}

	private SpringApplicationRunListener listenTo(SpringApplication application) {
		new ApplicationTuner(this.settings, this.defaults).tune(application);
		addMissingSources(application);
		return new SpringApplicationRunListener() {

			@Override
			public void contextLoaded(ConfigurableApplicationContext loaded) {
				ApplicationStarter.this.defaults.putFirst(loaded.getEnvironment());
				Set<String> sources = SourceNames.of(application.getAllSources());
				ApplicationStarter.this.seen.add(sources);
				if (sources.equals(Set.copyOf(ApplicationStarter.this.settings.sources()))) {
					refresh(loaded);
				}
			}

		};
	}

	/** Ends the run before anything that belongs to a whole application. */
	private void refresh(ConfigurableApplicationContext loaded) {
		try {
			loaded.refresh();
			TracingStart.announce(loaded);
			this.context = loaded;
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		throw new AbandonedRunException(loaded);
	}

	private static Exception asException(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof Exception exception) ? exception : new IllegalStateException(ex);
	}

	private String noApplication() {
		String what = this.settings.mainClass() + ".main returned in this worker without running the SpringApplication "
				+ "of sources " + this.settings.sources();
		String found = (this.seen.isEmpty()) ? " (it ran none on its own thread)" : " (it ran " + this.seen + ")";
		return what + found + ". Let main run it on the thread that calls main, " + "or set "
				+ SettingNames.ofThisWorker().of("worker.context") + " to 'configuration' or 'none'";
	}

	/**
	 * Carries what main threw.
	 */
	private static final class Thrown extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Thrown(Throwable cause) {
			super(cause);
		}

	}

}
