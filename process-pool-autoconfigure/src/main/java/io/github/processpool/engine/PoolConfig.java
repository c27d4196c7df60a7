package io.github.processpool.engine;

import java.time.Duration;
import java.util.List;

import io.github.processpool.PoolConfiguration;
import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.engine.launch.HeapClaim;
import io.github.processpool.protocol.SettingNames;

/**
 * Settings of a pool, complete and checked. Immutable.
 *
 * @param name name of the pool
 * @param settings how its user calls its settings
 * @param coreSize workers kept
 * @param maxSize workers at most
 * @param queueCapacity tasks that may wait beyond those that a worker can take at once
 * @param queueBytes bytes of encoded arguments that may wait
 * @param keepAlive idle time after which workers above {@code coreSize} end, zero for at
 * once
 * @param queueTimeout longest wait of a task for a worker, or zero for no limit
 * @param taskTimeout longest execution of a task, or zero for no limit
 * @param startupTimeout longest start of a worker
 * @param shutdownTimeout longest stop of the pool, zero to stop everything at once
 * @param cancelGrace time between interrupt and kill, zero for none
 * @param maxTasksPerWorker tasks after which a worker is replaced, or 0 for no limit
 * @param maxLifetime age at which a worker is replaced, or zero for no limit
 * @param maxMemory resident size in bytes at which a worker is replaced, or 0 for no
 * limit
 * @param maxRetainedHeap bytes of heap still used after a garbage collection at which a
 * worker is replaced, or 0 for no limit
 * @param maxPayloadSize largest encoded argument list or result in bytes
 * @param allow patterns of types that may be deserialised on either side
 * @param codec how objects are serialised
 * @param worker how workers are launched
 * @param neighbours what the other pools of the application want of the memory
 */
public record PoolConfig(String name, SettingNames settings, int coreSize, int maxSize, int queueCapacity,
		long queueBytes, Duration keepAlive, Duration queueTimeout, Duration taskTimeout, Duration startupTimeout,
		Duration shutdownTimeout, Duration cancelGrace, int maxTasksPerWorker, Duration maxLifetime, long maxMemory,
		long maxRetainedHeap, long maxPayloadSize, List<String> allow, SerializationCodec codec, WorkerConfig worker,
		List<HeapClaim> neighbours) {

	/**
	 * Copies the lists.
	 */
	public PoolConfig {
		allow = List.copyOf(allow);
		neighbours = List.copyOf(neighbours);
	}

	/**
	 * Begins to collect settings.
	 * @param name name of the pool
	 * @param settings how its user calls its settings
	 * @return a builder with the default of every other setting
	 */
	public static PoolConfigBuilder builder(String name, SettingNames settings) {
		return new PoolConfigBuilder(name, settings);
	}

	/**
	 * What the pool itself wants of the memory.
	 */
	HeapClaim claim() {
		return HeapClaim.of(this.maxSize, this.worker.maxHeap(), this.worker.jvmArgs());
	}

	TypeFilter filter() {
		return TypeFilter.of(this.allow, this.settings);
	}

	/**
	 * What of it users may want to know.
	 * @param maxHeap largest heap of a worker in bytes
	 */
	PoolConfiguration describe(long maxHeap) {
		return new PoolConfiguration(this.queueCapacity, this.queueBytes, this.keepAlive, this.queueTimeout,
				this.taskTimeout, this.startupTimeout, this.shutdownTimeout, this.cancelGrace, this.maxTasksPerWorker,
				this.maxLifetime, this.maxMemory, this.maxRetainedHeap, this.maxPayloadSize, this.codec,
				this.worker.describe(maxHeap));
	}

}
