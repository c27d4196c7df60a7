package io.github.processpool.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.processpool.autoconfigure.PoolSettings.Setting;
import io.github.processpool.engine.RuntimeSetup;
import io.github.processpool.slim.ReportCheck;
import io.github.processpool.slim.SlimPlan;
import io.github.processpool.slim.SlimPlanner;
import io.github.processpool.slim.SlimSetup;
import io.github.processpool.worker.context.ContextSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Reads how much of the application's context the workers of a pool are to have.
 */
final class SlimmingFactory {

	private static final String DEFINE = "-D";

	private final ConfigurableListableBeanFactory beanFactory;

	private final Supplier<Set<String>> deferredBeans;

	SlimmingFactory(ConfigurableListableBeanFactory beanFactory, Supplier<Set<String>> deferredBeans) {
		this.beanFactory = beanFactory;
		this.deferredBeans = deferredBeans;
	}

	/**
	 * Maps the settings of a pool.
	 * @param pool name of the pool
	 * @param settings its settings
	 * @return makes the setup of workers from that of a whole context
	 */
	Function<Supplier<ContextSettings>, RuntimeSetup> create(String pool, PoolSettings settings) {
		boolean slim = settings.get("worker.slim", (properties) -> properties.getWorker().getSlim()).or(true);
		SlimPlan.Choice choice = new SlimPlan.Choice(slim,
				names(settings, "exclude-auto-configurations", WorkerProperties::getExcludeAutoConfigurations),
				names(settings, "keep-auto-configurations", WorkerProperties::getKeepAutoConfigurations),
				ownProperties(settings));
		if (choice.isWhole()) {
			return (whole) -> RuntimeSetup.of(() -> whole.get().encode());
		}
		SlimPlanner planner = new SlimPlanner(this.beanFactory, choice);
		return (whole) -> new SlimSetup(pool, whole, () -> planner.plan(this.deferredBeans.get()),
				new ReportCheck(this.beanFactory));
	}

	/** With them, conditions may hold in workers only. */
	private static Set<String> ownProperties(PoolSettings settings) {
		Set<String> names = new TreeSet<>(settings.merge((pool) -> pool.getWorker().getEnvironment()).keySet());
		List<String> options = settings.get("worker.jvm-args", (pool) -> pool.getWorker().getJvmArgs()).or(List.of());
		for (String option : options) {
			int value = option.indexOf('=');
			if (option.startsWith(DEFINE)) {
				names.add(option.substring(DEFINE.length(), (value > 0) ? value : option.length()));
			}
		}
		return names;
	}

	private List<String> names(PoolSettings settings, String property,
			Function<WorkerProperties, @Nullable List<String>> getter) {
		Setting<List<String>> names = settings.get("worker." + property, (pool) -> getter.apply(pool.getWorker()));
		if (!names.or(List.of()).isEmpty()) {
			List<String> known = ImportCandidates.load(AutoConfiguration.class, this.beanFactory.getBeanClassLoader())
				.getCandidates();
			for (String name : names.or(List.of())) {
				if (!known.contains(name)) {
					throw names.invalid("'" + name + "' is no auto-configuration of this application.");
				}
			}
		}
		return names.or(List.of());
	}

}
