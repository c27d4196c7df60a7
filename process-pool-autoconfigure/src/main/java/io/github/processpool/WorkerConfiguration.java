package io.github.processpool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the workers of a pool are launched. Options and environment variables are as they
 * were set, secrets among them. Immutable.
 *
 * @param context what tasks run in: {@code application}, {@code configuration} or
 * {@code none}
 * @param maxHeap largest heap in bytes
 * @param jvmArgs options of the JVM beyond those of every worker
 * @param javaHome JDK or JRE of the workers, or {@code null} for this JVM's
 * @param workingDirectory working directory, or {@code null} for this JVM's
 * @param environment environment variables on top of the inherited ones
 * @param inheritEnvironment whether workers see this JVM's environment variables
 * @param commandPrefix what stands before the command, such as {@code nice}
 * @param warmStart whether files are kept that make workers start faster
 * @param heartbeatTimeout how long a worker may be silent, or zero for ever
 * @since 0.1.0
 */
public record WorkerConfiguration(String context, long maxHeap, List<String> jvmArgs, @Nullable Path javaHome,
		@Nullable Path workingDirectory, Map<String, String> environment, boolean inheritEnvironment,
		List<String> commandPrefix, boolean warmStart, Duration heartbeatTimeout) {

	/**
	 * Copies the collections.
	 */
	public WorkerConfiguration {
		jvmArgs = List.copyOf(jvmArgs);
		environment = Map.copyOf(environment);
		commandPrefix = List.copyOf(commandPrefix);
	}

}
