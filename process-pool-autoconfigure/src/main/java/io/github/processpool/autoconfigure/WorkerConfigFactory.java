package io.github.processpool.autoconfigure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.processpool.autoconfigure.PoolSettings.Setting;
import io.github.processpool.engine.PoolDefaults;
import io.github.processpool.engine.WorkerConfig;
import io.github.processpool.engine.launch.JvmArguments;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Maps the properties of a pool's workers to the settings of the engine, and refuses
 * values with which no worker could start.
 */
final class WorkerConfigFactory {

	private static final DataSize SMALLEST_HEAP = DataSize.ofMegabytes(16);

	private static final int LARGEST_PORT = 65535;

	private final ConfigurableApplicationContext context;

	private final Supplier<Set<String>> deferredBeans;

	/**
	 * Creates a factory for one pool.
	 * @param context context of the application
	 * @param deferredBeans finds the beans that have methods of the pool
	 */
	WorkerConfigFactory(ConfigurableApplicationContext context, Supplier<Set<String>> deferredBeans) {
		this.context = context;
		this.deferredBeans = deferredBeans;
	}

	WorkerConfig create(String pool, PoolSettings settings) {
		ContextLevel level = get(settings, "context", WorkerProperties::getContext).or(ContextLevel.APPLICATION);
		WorkerRuntimes.Spec runtime = WorkerRuntimes.of(level, configurationClasses(settings, level), this.context,
				settings.prefix(),
				new SlimmingFactory(this.context.getBeanFactory(), this.deferredBeans).create(pool, settings));
		return WorkerConfig.builder()
			.runtime(runtime.runtime(), runtime.setup())
			.classLoader(classLoader())
			.maxHeap(maxHeap(settings))
			.jvmArgs(jvmArgs(settings))
			.javaHome(javaHome(settings))
			.workingDirectory(workingDirectory(settings))
			.environment(environment(settings))
			.inheritEnvironment(get(settings, "inherit-environment", WorkerProperties::getInheritEnvironment)
				.or(level == ContextLevel.APPLICATION))
			.commandPrefix(commandPrefix(settings))
			.debugPort(get(settings, "debug-port", WorkerProperties::getDebugPort).require(0,
					(port) -> port >= 0 && port <= LARGEST_PORT, "a port, or 0 for none"))
			.warmStart(get(settings, "warm-start", WorkerProperties::getWarmStart).or(true))
			.cacheDirectory(path(get(settings, "cache-directory", WorkerProperties::getCacheDirectory)))
			.heartbeatTimeout(get(settings, "heartbeat-timeout", WorkerProperties::getHeartbeatTimeout).require(
					PoolDefaults.HEARTBEAT_TIMEOUT, (time) -> !time.isNegative(), "at least 0, where 0 means for ever"))
			.build();
	}

	private ClassLoader classLoader() {
		ClassLoader classLoader = this.context.getBeanFactory().getBeanClassLoader();
		return (classLoader != null) ? classLoader : getClass().getClassLoader();
	}

	private static <T> Setting<T> get(PoolSettings settings, String property,
			Function<WorkerProperties, @Nullable T> getter) {
		return settings.get("worker." + property, (pool) -> getter.apply(pool.getWorker()));
	}

	private static List<Class<?>> configurationClasses(PoolSettings settings, ContextLevel level) {
		Setting<List<Class<?>>> classes = get(settings, "configuration-classes",
				WorkerProperties::getConfigurationClasses);
		if (level != ContextLevel.CONFIGURATION) {
			boolean own = classes.value() != null && classes.property().startsWith(settings.prefix() + ".worker.");
			if (own && !classes.or(List.of()).isEmpty()) {
				throw classes
					.invalid("It has no effect unless '" + settings.prefix() + ".worker.context' is 'configuration'.");
			}
			return List.of();
		}
		if (classes.or(List.of()).isEmpty()) {
			throw classes.invalid(
					"It has to name at least one class, because the context of the workers is" + " 'configuration'.");
		}
		return classes.or(List.of());
	}

	static long maxHeap(PoolSettings settings) {
		return get(settings, "max-heap", WorkerProperties::getMaxHeap)
			.require(DataSize.ofBytes(0), (size) -> size.toBytes() == 0 || size.compareTo(SMALLEST_HEAP) >= 0,
					"at least 16MB, or 0 to have it computed")
			.toBytes();
	}

	static List<String> jvmArgs(PoolSettings settings) {
		Setting<List<String>> args = get(settings, "jvm-args", WorkerProperties::getJvmArgs);
		JvmArguments.problem(args.or(List.of())).ifPresent((problem) -> {
			throw new InvalidPoolPropertyException(args.property() + "[" + problem.index() + "]", problem.argument(),
					"It cannot be an option of workers: " + problem.reason() + ".", problem.remedy() + ".");
		});
		return args.or(List.of());
	}

	private static @Nullable Path javaHome(PoolSettings settings) {
		Setting<File> home = get(settings, "java-home", WorkerProperties::getJavaHome);
		Path path = path(home);
		if (path != null && !Files.isExecutable(path.resolve("bin/java"))
				&& !Files.isExecutable(path.resolve("bin/java.exe"))) {
			throw home.invalid("There is no executable " + path.resolve("bin").resolve("java") + ".");
		}
		return path;
	}

	private static @Nullable Path workingDirectory(PoolSettings settings) {
		Setting<File> directory = get(settings, "working-directory", WorkerProperties::getWorkingDirectory);
		Path path = path(directory);
		if (path != null && !Files.isDirectory(path)) {
			throw directory.invalid("There is no directory " + path + ".");
		}
		return path;
	}

	private static @Nullable Path path(Setting<File> setting) {
		File file = setting.value();
		return (file != null && !file.getPath().isEmpty()) ? file.toPath().toAbsolutePath() : null;
	}

	private static Map<String, String> environment(PoolSettings settings) {
		Map<String, String> environment = settings.merge((pool) -> pool.getWorker().getEnvironment());
		environment.forEach((name, value) -> {
			if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
				throw new InvalidConfigurationPropertyValueException(
						settings.prefix() + ".worker.environment[" + name + "]", value,
						"It is no environment variable: a name has at least one character and no '='.");
			}
		});
		return environment;
	}

	private static List<String> commandPrefix(PoolSettings settings) {
		Setting<List<String>> prefix = get(settings, "command-prefix", WorkerProperties::getCommandPrefix);
		if (!prefix.or(List.of()).isEmpty() && !StringUtils.hasText(prefix.or(List.of()).get(0))) {
			throw prefix.invalid("It has to begin with a command.");
		}
		return prefix.or(List.of());
	}

}
