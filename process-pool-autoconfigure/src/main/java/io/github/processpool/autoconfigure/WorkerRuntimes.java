package io.github.processpool.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.processpool.engine.RuntimeSetup;
import io.github.processpool.worker.PlainRuntime;
import io.github.processpool.worker.context.ApplicationRuntime;
import io.github.processpool.worker.context.ConfigurationRuntime;
import io.github.processpool.worker.context.ContextSettings;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Chooses what workers run tasks in.
 */
final class WorkerRuntimes {

	private WorkerRuntimes() {
	}

	/**
	 * Runtime of the workers of a pool.
	 * @param level how much of the context they have
	 * @param configurationClasses classes for {@link ContextLevel#CONFIGURATION}, ignored
	 * for others because a pool may inherit them
	 * @param context context of the application
	 * @param prefix what the names of the pool's properties begin with
	 * @param slimming makes workers of a whole application leave out what they do not
	 * need
	 * @return the runtime and its settings
	 * @throws IllegalStateException if configuration classes are missing
	 */
	static Spec of(ContextLevel level, List<Class<?>> configurationClasses, ConfigurableApplicationContext context,
			String prefix, Function<Supplier<ContextSettings>, RuntimeSetup> slimming) {
		return switch (level) {
			case APPLICATION -> new Spec(ApplicationRuntime.class.getName(),
					slimming.apply(() -> applicationSettings(context, prefix)));
			case CONFIGURATION -> {
				Assert.state(!configurationClasses.isEmpty(),
						"Workers are to have a context of configuration classes but none is set. " + "Set '" + prefix
								+ ".worker.configuration-classes'");
				yield new Spec(ConfigurationRuntime.class.getName(),
						RuntimeSetup.of(() -> configurationSettings(configurationClasses, context).encode()));
			}
			case NONE -> new Spec(PlainRuntime.class.getName(), RuntimeSetup.of(() -> new byte[0]));
		};
	}

	private static ContextSettings applicationSettings(ConfigurableApplicationContext context, String prefix) {
		CapturedApplication application = CapturedApplication.find(context);
		Assert.state(application != null,
				() -> "Workers cannot build the context '" + context.getDisplayName()
						+ "' again: it was not started by a SpringApplication. Set '" + prefix
						+ ".worker.context=configuration' and '" + prefix
						+ ".worker.configuration-classes', or 'process-pool.mode=inline'");
		TestReplacements.check(context.getBeanFactory());
		return new ContextSettings(application.mainClass(), application.sources(), application.arguments(), List.of(),
				List.of(context.getEnvironment().getActiveProfiles()),
				CommandLineProperties.of(ManagementFactory.getRuntimeMXBean().getInputArguments()),
				SentPropertySources.ofApplication(context.getEnvironment()), typeExcludeFilters(context));
	}

	private static ContextSettings configurationSettings(List<Class<?>> classes,
			ConfigurableApplicationContext context) {
		return ContextSettings.ofConfiguration(classes.stream().map(Class::getName).toList(),
				SentPropertySources.ofProcessPool(context.getEnvironment()));
	}

	/**
	 * Filters that are made without arguments, as that which hides the classes of other
	 * tests.
	 */
	private static List<String> typeExcludeFilters(ConfigurableApplicationContext context) {
		List<String> names = new ArrayList<>();
		for (String name : context.getBeanFactory().getSingletonNames()) {
			if (context.getBeanFactory().getSingleton(name) instanceof TypeExcludeFilter filter
					&& filter.getClass() != TypeExcludeFilter.class && ClassUtils.hasConstructor(filter.getClass())) {
				names.add(filter.getClass().getName());
			}
		}
		return names;
	}

	/**
	 * What workers run tasks in.
	 *
	 * @param runtime class name of the runtime
	 * @param setup makes its settings, anew for each worker: ports and properties may
	 * have changed
	 */
	record Spec(String runtime, RuntimeSetup setup) {
	}

}
