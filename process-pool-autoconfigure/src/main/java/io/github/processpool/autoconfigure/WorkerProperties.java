package io.github.processpool.autoconfigure;

import java.io.File;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * How workers are launched.
 *
 * @since 0.1.0
 */
public class WorkerProperties {

	/**
	 * How much of the application there is in a worker.
	 */
	private @Nullable ContextLevel context;

	/**
	 * Configuration classes that make up a worker's context. Needs 'configuration' as
	 * context.
	 */
	private @Nullable List<Class<?>> configurationClasses;

	/**
	 * Largest heap of a worker. 0 computes it from the memory of container or machine,
	 * the heap of the application and max-size of all pools.
	 */
	private @Nullable DataSize maxHeap;

	/**
	 * Options of a worker's JVM. They come last, so they can undo ours.
	 */
	private @Nullable List<String> jvmArgs;

	/**
	 * JDK or JRE that runs the workers. By default, that of the application.
	 */
	private @Nullable File javaHome;

	/**
	 * Working directory of the workers. By default, that of the application.
	 */
	private @Nullable File workingDirectory;

	/**
	 * Environment variables of the workers, by name, on top of those inherited.
	 */
	private Map<String, String> environment = new LinkedHashMap<>();

	/**
	 * Whether workers see the environment variables of the application. By default, only
	 * if context is 'application'.
	 */
	private @Nullable Boolean inheritEnvironment;

	/**
	 * Command with its arguments in front of a worker's command line, as in 'nice, -n,
	 * 10'.
	 */
	private @Nullable List<String> commandPrefix;

	/**
	 * Port at which the pool's first worker waits for a debugger. 0 means none.
	 */
	private @Nullable Integer debugPort;

	/**
	 * Whether to keep files that make workers start faster: the jars of an executable
	 * archive, and archives of the classes that workers load.
	 */
	private @Nullable Boolean warmStart;

	/**
	 * Directory in which 'process-pool' is made for the files that make workers start
	 * faster. By default, the cache directory of the user or else that for temporary
	 * files.
	 */
	private @Nullable File cacheDirectory;

	/**
	 * Whether workers leave out the auto-configurations that their deferred beans cannot
	 * need.
	 */
	private @Nullable Boolean slim;

	/**
	 * Names of auto-configurations that workers leave out in any case.
	 */
	private @Nullable List<String> excludeAutoConfigurations;

	/**
	 * Names of auto-configurations that workers never leave out by themselves.
	 */
	private @Nullable List<String> keepAutoConfigurations;

	/**
	 * Time after which a worker that shows no sign of life is killed. 0 means never.
	 */
	private @Nullable Duration heartbeatTimeout;

	public @Nullable ContextLevel getContext() {
		return this.context;
	}

	public void setContext(@Nullable ContextLevel context) {
		this.context = context;
	}

	public @Nullable List<Class<?>> getConfigurationClasses() {
		return this.configurationClasses;
	}

	public void setConfigurationClasses(@Nullable List<Class<?>> configurationClasses) {
		this.configurationClasses = configurationClasses;
	}

	public @Nullable DataSize getMaxHeap() {
		return this.maxHeap;
	}

	public void setMaxHeap(@Nullable DataSize maxHeap) {
		this.maxHeap = maxHeap;
	}

	public @Nullable List<String> getJvmArgs() {
		return this.jvmArgs;
	}

	public void setJvmArgs(@Nullable List<String> jvmArgs) {
		this.jvmArgs = jvmArgs;
	}

	public @Nullable File getJavaHome() {
		return this.javaHome;
	}

	public void setJavaHome(@Nullable File javaHome) {
		this.javaHome = javaHome;
	}

	public @Nullable File getWorkingDirectory() {
		return this.workingDirectory;
	}

	public void setWorkingDirectory(@Nullable File workingDirectory) {
		this.workingDirectory = workingDirectory;
	}

	public Map<String, String> getEnvironment() {
		return this.environment;
	}

	public void setEnvironment(Map<String, String> environment) {
		this.environment = environment;
	}

	public @Nullable Boolean getInheritEnvironment() {
		return this.inheritEnvironment;
	}

	public void setInheritEnvironment(@Nullable Boolean inheritEnvironment) {
		this.inheritEnvironment = inheritEnvironment;
	}

	public @Nullable List<String> getCommandPrefix() {
		return this.commandPrefix;
	}

	public void setCommandPrefix(@Nullable List<String> commandPrefix) {
		this.commandPrefix = commandPrefix;
	}

	public @Nullable Integer getDebugPort() {
		return this.debugPort;
	}

	public void setDebugPort(@Nullable Integer debugPort) {
		this.debugPort = debugPort;
	}

	public @Nullable Boolean getWarmStart() {
		return this.warmStart;
	}

	public void setWarmStart(@Nullable Boolean warmStart) {
		this.warmStart = warmStart;
	}

	public @Nullable File getCacheDirectory() {
		return this.cacheDirectory;
	}

	public void setCacheDirectory(@Nullable File cacheDirectory) {
		this.cacheDirectory = cacheDirectory;
	}

	public @Nullable Boolean getSlim() {
		return this.slim;
	}

	public void setSlim(@Nullable Boolean slim) {
		this.slim = slim;
	}

	public @Nullable List<String> getExcludeAutoConfigurations() {
		return this.excludeAutoConfigurations;
	}

	public void setExcludeAutoConfigurations(@Nullable List<String> excludeAutoConfigurations) {
		this.excludeAutoConfigurations = excludeAutoConfigurations;
	}

	public @Nullable List<String> getKeepAutoConfigurations() {
		return this.keepAutoConfigurations;
	}

	public void setKeepAutoConfigurations(@Nullable List<String> keepAutoConfigurations) {
		this.keepAutoConfigurations = keepAutoConfigurations;
	}

	public @Nullable Duration getHeartbeatTimeout() {
		return this.heartbeatTimeout;
	}

	public void setHeartbeatTimeout(@Nullable Duration heartbeatTimeout) {
		this.heartbeatTimeout = heartbeatTimeout;
	}

}
