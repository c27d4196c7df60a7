package io.github.processpool.autoconfigure;

import java.io.File;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.SerializationCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Settings of one pool. What is {@code null} is not set: it is inherited from the default
 * pool, and there it has the default of
 * {@link io.github.processpool.engine.PoolDefaults}.
 *
 * @since 0.1.0
 */
public class PoolProperties {

	/**
	 * Number of workers that are kept once they have been started.
	 */
	private @Nullable Integer coreSize;

	/**
	 * Largest number of workers. By default, the number of processors, or core-size if
	 * that is more.
	 */
	private @Nullable Integer maxSize;

	/**
	 * Number of tasks that may wait for a worker. Beyond it, calls are rejected.
	 */
	private @Nullable Integer queueCapacity;

	/**
	 * Size that the encoded arguments of waiting tasks may have together. Beyond it,
	 * calls are rejected.
	 */
	private @Nullable DataSize queueBytes;

	/**
	 * Idle time after which workers above core-size end. 0 ends them at once.
	 */
	private @Nullable Duration keepAlive;

	/**
	 * Longest time that a task may wait for a worker. 0 means no limit.
	 */
	private @Nullable Duration queueTimeout;

	/**
	 * Longest time that a task may run, counted from its start in the worker. 0 means no
	 * limit.
	 */
	private @Nullable Duration taskTimeout;

	/**
	 * Longest time that a worker may take to start.
	 */
	private @Nullable Duration startupTimeout;

	/**
	 * Longest time that stopping the pool may take: to let tasks end, to cancel the
	 * others, and to kill what is left.
	 */
	private @Nullable Duration shutdownTimeout;

	/**
	 * Time that a cancelled task has to react to its interrupt before its worker is
	 * killed.
	 */
	private @Nullable Duration cancelGrace;

	/**
	 * Number of tasks after which a worker is replaced, less up to a tenth if its
	 * replacement is ready before. 0 means no limit.
	 */
	private @Nullable Integer maxTasksPerWorker;

	/**
	 * Age at which a worker is replaced, less a random part of up to a tenth. 0 means no
	 * limit.
	 */
	private @Nullable Duration maxLifetime;

	/**
	 * Resident size at which a worker is replaced. 0 means no limit.
	 */
	private @Nullable DataSize maxMemory;

	/**
	 * Heap still used after a garbage collection at which a worker is replaced. Has to be
	 * less than the largest heap. 0 means no limit.
	 */
	private @Nullable DataSize maxRetainedHeap;

	/**
	 * Largest encoded argument list or result.
	 */
	private @Nullable DataSize maxPayloadSize;

	private final WorkerProperties worker = new WorkerProperties();

	private final Serialization serialization = new Serialization();

	private final Propagation propagation = new Propagation();

	private final Logging logging = new Logging();

	public @Nullable Integer getCoreSize() {
		return this.coreSize;
	}

	public void setCoreSize(@Nullable Integer coreSize) {
		this.coreSize = coreSize;
	}

	public @Nullable Integer getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(@Nullable Integer maxSize) {
		this.maxSize = maxSize;
	}

	public @Nullable Integer getQueueCapacity() {
		return this.queueCapacity;
	}

	public void setQueueCapacity(@Nullable Integer queueCapacity) {
		this.queueCapacity = queueCapacity;
	}

	public @Nullable DataSize getQueueBytes() {
		return this.queueBytes;
	}

	public void setQueueBytes(@Nullable DataSize queueBytes) {
		this.queueBytes = queueBytes;
	}

	public @Nullable Duration getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(@Nullable Duration keepAlive) {
		this.keepAlive = keepAlive;
	}

	public @Nullable Duration getQueueTimeout() {
		return this.queueTimeout;
	}

	public void setQueueTimeout(@Nullable Duration queueTimeout) {
		this.queueTimeout = queueTimeout;
	}

	public @Nullable Duration getTaskTimeout() {
		return this.taskTimeout;
	}

	public void setTaskTimeout(@Nullable Duration taskTimeout) {
		this.taskTimeout = taskTimeout;
	}

	public @Nullable Duration getStartupTimeout() {
		return this.startupTimeout;
	}

	public void setStartupTimeout(@Nullable Duration startupTimeout) {
		this.startupTimeout = startupTimeout;
	}

	public @Nullable Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(@Nullable Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public @Nullable Duration getCancelGrace() {
		return this.cancelGrace;
	}

	public void setCancelGrace(@Nullable Duration cancelGrace) {
		this.cancelGrace = cancelGrace;
	}

	public @Nullable Integer getMaxTasksPerWorker() {
		return this.maxTasksPerWorker;
	}

	public void setMaxTasksPerWorker(@Nullable Integer maxTasksPerWorker) {
		this.maxTasksPerWorker = maxTasksPerWorker;
	}

	public @Nullable Duration getMaxLifetime() {
		return this.maxLifetime;
	}

	public void setMaxLifetime(@Nullable Duration maxLifetime) {
		this.maxLifetime = maxLifetime;
	}

	public @Nullable DataSize getMaxMemory() {
		return this.maxMemory;
	}

	public void setMaxMemory(@Nullable DataSize maxMemory) {
		this.maxMemory = maxMemory;
	}

	public @Nullable DataSize getMaxRetainedHeap() {
		return this.maxRetainedHeap;
	}

	public void setMaxRetainedHeap(@Nullable DataSize maxRetainedHeap) {
		this.maxRetainedHeap = maxRetainedHeap;
	}

	public @Nullable DataSize getMaxPayloadSize() {
		return this.maxPayloadSize;
	}

	public void setMaxPayloadSize(@Nullable DataSize maxPayloadSize) {
		this.maxPayloadSize = maxPayloadSize;
	}

	public WorkerProperties getWorker() {
		return this.worker;
	}

	public Serialization getSerialization() {
		return this.serialization;
	}

	public Propagation getPropagation() {
		return this.propagation;
	}

	public Logging getLogging() {
		return this.logging;
	}

	/**
	 * What may cross between the JVMs.
	 */
	public static class Serialization {

		/**
		 * Types that may be deserialised on either side beyond the value types of the
		 * JDK, the application's own packages and the types in signatures of deferred
		 * methods: a class as 'com.example.Foo', a package as 'com.example.*', a package
		 * with all below it as 'com.example.**'.
		 */
		private @Nullable List<String> allow;

		/**
		 * How objects are serialised; unless set, 'fory' if Apache Fory is on the class
		 * path, which the starter brings.
		 */
		private @Nullable SerializationCodec codec;

		public @Nullable List<String> getAllow() {
			return this.allow;
		}

		public void setAllow(@Nullable List<String> allow) {
			this.allow = allow;
		}

		public @Nullable SerializationCodec getCodec() {
			return this.codec;
		}

		public void setCodec(@Nullable SerializationCodec codec) {
			this.codec = codec;
		}

	}

	/**
	 * What goes along with a task from the thread of its caller.
	 */
	public static class Propagation {

		/**
		 * Whether the MDC of the logging system goes along.
		 */
		private @Nullable Boolean mdc;

		/**
		 * Whether locale and time zone of the LocaleContextHolder go along.
		 */
		private @Nullable Boolean locale;

		/**
		 * Whether the values of all ThreadLocalAccessors of Micrometer's context
		 * propagation go along that are serialisable and may be deserialised.
		 */
		private @Nullable Boolean context;

		/**
		 * Whether the authentication of Spring Security goes along.
		 */
		private @Nullable Boolean security;

		/**
		 * Whether tasks are observed, and the trace of the caller goes on in workers.
		 */
		private @Nullable Boolean trace;

		/**
		 * Who exports the spans that end in workers. By default, the parent if tracing is
		 * by OpenTelemetry, else the workers.
		 */
		private @Nullable TraceExport traceExport;

		public @Nullable Boolean getMdc() {
			return this.mdc;
		}

		public void setMdc(@Nullable Boolean mdc) {
			this.mdc = mdc;
		}

		public @Nullable Boolean getLocale() {
			return this.locale;
		}

		public void setLocale(@Nullable Boolean locale) {
			this.locale = locale;
		}

		public @Nullable Boolean getContext() {
			return this.context;
		}

		public void setContext(@Nullable Boolean context) {
			this.context = context;
		}

		public @Nullable Boolean getSecurity() {
			return this.security;
		}

		public void setSecurity(@Nullable Boolean security) {
			this.security = security;
		}

		public @Nullable Boolean getTrace() {
			return this.trace;
		}

		public void setTrace(@Nullable Boolean trace) {
			this.trace = trace;
		}

		public @Nullable TraceExport getTraceExport() {
			return this.traceExport;
		}

		public void setTraceExport(@Nullable TraceExport traceExport) {
			this.traceExport = traceExport;
		}

	}

	/**
	 * Who exports the spans that end in workers.
	 */
	public enum TraceExport {

		/**
		 * The application, by its own exporters. Spans that had ended survive the death
		 * of their worker.
		 */
		PARENT,

		/**
		 * Each worker, by exporters of its own.
		 */
		WORKER

	}

	/**
	 * What becomes of what workers log.
	 */
	public static class Logging {

		/**
		 * Whether the log events of workers are logged by the application, if both use
		 * Logback. Otherwise workers log as they are configured, and what they print is
		 * logged line by line.
		 */
		private @Nullable Boolean forward;

		/**
		 * Number of log events, and of printed lines, that a worker may have a second,
		 * with bursts of up to five seconds' worth. What is beyond it is dropped and
		 * counted. 0 means no limit.
		 */
		private @Nullable Integer rateLimit;

		public @Nullable Boolean getForward() {
			return this.forward;
		}

		public void setForward(@Nullable Boolean forward) {
			this.forward = forward;
		}

		public @Nullable Integer getRateLimit() {
			return this.rateLimit;
		}

		public void setRateLimit(@Nullable Integer rateLimit) {
			this.rateLimit = rateLimit;
		}

	}

	/**
	 * How workers are launched.
	 */
	public static class WorkerProperties {

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
		 * Largest heap of a worker. 0 computes it from the memory of container or
		 * machine, the heap of the application and max-size.
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
		 * Whether workers see the environment variables of the application. By default,
		 * only if context is 'application'.
		 */
		private @Nullable Boolean inheritEnvironment;

		/**
		 * Command with its arguments in front of a worker's command line, as in 'nice,
		 * -n, 10'.
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
		 * Whether workers leave out the auto-configurations that their deferred beans
		 * cannot need.
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

}
