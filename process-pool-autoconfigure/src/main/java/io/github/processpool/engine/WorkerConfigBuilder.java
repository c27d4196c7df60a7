package io.github.processpool.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.processpool.protocol.WorkerCommand;
import org.jspecify.annotations.Nullable;

/**
 * Collects by name how the workers of a pool are launched. Every method is called like
 * the part of {@link WorkerConfig} that it sets, and checks nothing; unless told
 * otherwise, workers have no context and are like this JVM. Not safe for use by many
 * threads.
 */
public final class WorkerConfigBuilder {

	private String runtime = WorkerCommand.PLAIN_RUNTIME;

	private RuntimeSetup setup = RuntimeSetup.of(() -> new byte[0]);

	private @Nullable ClassLoader classLoader;

	private long maxHeap;

	private List<String> jvmArgs = List.of();

	private @Nullable Path javaHome;

	private @Nullable Path workingDirectory;

	private Map<String, String> environment = Map.of();

	private boolean inheritEnvironment = true;

	private List<String> commandPrefix = List.of();

	private int debugPort;

	private boolean warmStart = true;

	private @Nullable Path cacheDirectory;

	private Duration heartbeatTimeout = PoolDefaults.HEARTBEAT_TIMEOUT;

	WorkerConfigBuilder() {
	}

	public WorkerConfigBuilder runtime(String runtime, RuntimeSetup setup) {
		this.runtime = runtime;
		this.setup = setup;
		return this;
	}

	public WorkerConfigBuilder classLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
		return this;
	}

	public WorkerConfigBuilder maxHeap(long maxHeap) {
		this.maxHeap = maxHeap;
		return this;
	}

	public WorkerConfigBuilder jvmArgs(List<String> jvmArgs) {
		this.jvmArgs = jvmArgs;
		return this;
	}

	public WorkerConfigBuilder javaHome(@Nullable Path javaHome) {
		this.javaHome = javaHome;
		return this;
	}

	public WorkerConfigBuilder workingDirectory(@Nullable Path workingDirectory) {
		this.workingDirectory = workingDirectory;
		return this;
	}

	public WorkerConfigBuilder environment(Map<String, String> environment) {
		this.environment = environment;
		return this;
	}

	public WorkerConfigBuilder inheritEnvironment(boolean inheritEnvironment) {
		this.inheritEnvironment = inheritEnvironment;
		return this;
	}

	public WorkerConfigBuilder commandPrefix(List<String> commandPrefix) {
		this.commandPrefix = commandPrefix;
		return this;
	}

	public WorkerConfigBuilder debugPort(int debugPort) {
		this.debugPort = debugPort;
		return this;
	}

	public WorkerConfigBuilder warmStart(boolean warmStart) {
		this.warmStart = warmStart;
		return this;
	}

	public WorkerConfigBuilder cacheDirectory(@Nullable Path cacheDirectory) {
		this.cacheDirectory = cacheDirectory;
		return this;
	}

	public WorkerConfigBuilder heartbeatTimeout(Duration heartbeatTimeout) {
		this.heartbeatTimeout = heartbeatTimeout;
		return this;
	}

	/**
	 * Makes the settings.
	 * @return the settings, with the class loader of this thread unless another is given
	 */
	public WorkerConfig build() {
		return new WorkerConfig(this.runtime, this.setup,
				(this.classLoader != null) ? this.classLoader : contextClassLoader(), this.maxHeap, this.jvmArgs,
				this.javaHome, this.workingDirectory, this.environment, this.inheritEnvironment, this.commandPrefix,
				this.debugPort, this.warmStart, this.cacheDirectory, this.heartbeatTimeout);
	}

	private static ClassLoader contextClassLoader() {
		ClassLoader context = Thread.currentThread().getContextClassLoader();
		return (context != null) ? context : WorkerConfigBuilder.class.getClassLoader();
	}

}
