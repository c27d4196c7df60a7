package io.github.processpool.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.processpool.WorkerConfiguration;
import io.github.processpool.protocol.WorkerCommand;
import org.jspecify.annotations.Nullable;

/**
 * How the workers of a pool are launched. Immutable.
 *
 * @param runtime class name of their {@code WorkerRuntime}
 * @param setup what that runtime is told to set up
 * @param classLoader class loader of the application, from which the class path of the
 * workers is recovered and by which results are resolved
 * @param maxHeap largest heap in bytes, or 0 to compute it
 * @param jvmArgs more options of the JVM, after ours
 * @param javaHome JDK or JRE of the workers, or {@code null} for this JVM's
 * @param workingDirectory working directory, or {@code null} for this JVM's
 * @param environment environment variables on top of the inherited ones
 * @param inheritEnvironment whether workers see this JVM's environment variables
 * @param commandPrefix what stands before the command, such as {@code nice}
 * @param debugPort where the first worker listens for a debugger, or 0 for nowhere
 * @param warmStart whether files are kept that make them start faster
 * @param cacheDirectory where these are, or {@code null} for this user's cache directory
 * @param heartbeatTimeout how long a worker may be silent, or zero for ever
 */
public record WorkerConfig(String runtime, RuntimeSetup setup, ClassLoader classLoader, long maxHeap,
		List<String> jvmArgs, @Nullable Path javaHome, @Nullable Path workingDirectory, Map<String, String> environment,
		boolean inheritEnvironment, List<String> commandPrefix, int debugPort, boolean warmStart,
		@Nullable Path cacheDirectory, Duration heartbeatTimeout) {

	/**
	 * Copies the collections.
	 */
	public WorkerConfig {
		jvmArgs = List.copyOf(jvmArgs);
		environment = Map.copyOf(environment);
		commandPrefix = List.copyOf(commandPrefix);
	}

	/**
	 * Begins to collect settings.
	 * @return a builder with the default of every setting
	 */
	public static WorkerConfigBuilder builder() {
		return new WorkerConfigBuilder();
	}

	WorkerConfiguration describe(long maxHeap) {
		return new WorkerConfiguration(context(), maxHeap, this.jvmArgs, this.javaHome, this.workingDirectory,
				this.environment, this.inheritEnvironment, this.commandPrefix, this.warmStart, this.heartbeatTimeout);
	}

	/**
	 * The level of context that its runtime stands for.
	 */
	private String context() {
		if (this.runtime.equals(WorkerCommand.PLAIN_RUNTIME)) {
			return "none";
		}
		String name = this.runtime.substring(this.runtime.lastIndexOf('.') + 1);
		return name.replaceFirst("Runtime$", "").toLowerCase(Locale.ROOT);
	}

}
