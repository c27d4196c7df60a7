package io.github.processpool;

import java.time.Duration;

/**
 * Settings of a pool that are in force and do not change. Immutable.
 *
 * @param queueCapacity tasks that may wait beyond those that a worker can take at once
 * @param queueBytes bytes of encoded arguments that may wait
 * @param keepAlive idle time after which workers above the core size end, zero for at
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
 * @param codec how arguments and results become bytes
 * @param worker how workers are launched
 * @since 0.1.0
 */
public record PoolConfiguration(int queueCapacity, long queueBytes, Duration keepAlive, Duration queueTimeout,
		Duration taskTimeout, Duration startupTimeout, Duration shutdownTimeout, Duration cancelGrace,
		int maxTasksPerWorker, Duration maxLifetime, long maxMemory, long maxRetainedHeap, long maxPayloadSize,
		SerializationCodec codec, WorkerConfiguration worker) {

}
