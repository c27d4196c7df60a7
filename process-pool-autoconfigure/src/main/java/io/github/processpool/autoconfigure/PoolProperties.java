package io.github.processpool.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
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
	 * others, and to kill what is left. 0 stops everything at once.
	 */
	private @Nullable Duration shutdownTimeout;

	/**
	 * Time that a cancelled task has to react to its interrupt before its worker is
	 * killed. 0 kills at once.
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

	@NestedConfigurationProperty
	private final WorkerProperties worker = new WorkerProperties();

	@NestedConfigurationProperty
	private final SerializationProperties serialization = new SerializationProperties();

	@NestedConfigurationProperty
	private final PropagationProperties propagation = new PropagationProperties();

	@NestedConfigurationProperty
	private final LoggingProperties logging = new LoggingProperties();

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

	public SerializationProperties getSerialization() {
		return this.serialization;
	}

	public PropagationProperties getPropagation() {
		return this.propagation;
	}

	public LoggingProperties getLogging() {
		return this.logging;
	}

}
