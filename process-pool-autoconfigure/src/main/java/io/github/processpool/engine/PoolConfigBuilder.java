package io.github.processpool.engine;

import java.time.Duration;
import java.util.List;

import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.Codecs;
import io.github.processpool.engine.launch.HeapClaim;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a pool by name. Every method is called like the part of
 * {@link PoolConfig} that it sets, and checks nothing; what is not set is as
 * {@link PoolDefaults} says. Not safe for use by many threads.
 */
public final class PoolConfigBuilder {

	private String name;

	private final SettingNames settings;

	private int coreSize = PoolDefaults.CORE_SIZE;

	private @Nullable Integer maxSize;

	private int queueCapacity = PoolDefaults.QUEUE_CAPACITY;

	private long queueBytes = PoolDefaults.QUEUE_BYTES;

	private Duration keepAlive = PoolDefaults.KEEP_ALIVE;

	private Duration queueTimeout = Duration.ZERO;

	private Duration taskTimeout = Duration.ZERO;

	private Duration startupTimeout = PoolDefaults.STARTUP_TIMEOUT;

	private Duration shutdownTimeout = PoolDefaults.SHUTDOWN_TIMEOUT;

	private Duration cancelGrace = PoolDefaults.CANCEL_GRACE;

	private int maxTasksPerWorker;

	private Duration maxLifetime = Duration.ZERO;

	private long maxMemory;

	private long maxRetainedHeap;

	private long maxPayloadSize = PoolDefaults.MAX_PAYLOAD_SIZE;

	private List<String> allow = List.of();

	private @Nullable SerializationCodec codec;

	private @Nullable WorkerConfig worker;

	private List<HeapClaim> neighbours = List.of();

	PoolConfigBuilder(String name, SettingNames settings) {
		this.name = name;
		this.settings = settings;
	}

	public PoolConfigBuilder name(String name) {
		this.name = name;
		return this;
	}

	public PoolConfigBuilder coreSize(int coreSize) {
		this.coreSize = coreSize;
		return this;
	}

	public PoolConfigBuilder maxSize(int maxSize) {
		this.maxSize = maxSize;
		return this;
	}

	public PoolConfigBuilder queueCapacity(int queueCapacity) {
		this.queueCapacity = queueCapacity;
		return this;
	}

	public PoolConfigBuilder queueBytes(long queueBytes) {
		this.queueBytes = queueBytes;
		return this;
	}

	public PoolConfigBuilder keepAlive(Duration keepAlive) {
		this.keepAlive = keepAlive;
		return this;
	}

	public PoolConfigBuilder queueTimeout(Duration queueTimeout) {
		this.queueTimeout = queueTimeout;
		return this;
	}

	public PoolConfigBuilder taskTimeout(Duration taskTimeout) {
		this.taskTimeout = taskTimeout;
		return this;
	}

	public PoolConfigBuilder startupTimeout(Duration startupTimeout) {
		this.startupTimeout = startupTimeout;
		return this;
	}

	public PoolConfigBuilder shutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
		return this;
	}

	public PoolConfigBuilder cancelGrace(Duration cancelGrace) {
		this.cancelGrace = cancelGrace;
		return this;
	}

	public PoolConfigBuilder maxTasksPerWorker(int maxTasksPerWorker) {
		this.maxTasksPerWorker = maxTasksPerWorker;
		return this;
	}

	public PoolConfigBuilder maxLifetime(Duration maxLifetime) {
		this.maxLifetime = maxLifetime;
		return this;
	}

	public PoolConfigBuilder maxMemory(long maxMemory) {
		this.maxMemory = maxMemory;
		return this;
	}

	public PoolConfigBuilder maxRetainedHeap(long maxRetainedHeap) {
		this.maxRetainedHeap = maxRetainedHeap;
		return this;
	}

	public PoolConfigBuilder maxPayloadSize(long maxPayloadSize) {
		this.maxPayloadSize = maxPayloadSize;
		return this;
	}

	public PoolConfigBuilder allow(List<String> allow) {
		this.allow = allow;
		return this;
	}

	public PoolConfigBuilder codec(SerializationCodec codec) {
		this.codec = codec;
		return this;
	}

	public PoolConfigBuilder worker(WorkerConfig worker) {
		this.worker = worker;
		return this;
	}

	public PoolConfigBuilder neighbours(List<HeapClaim> neighbours) {
		this.neighbours = neighbours;
		return this;
	}

	/**
	 * Makes the settings.
	 * @return the settings, with workers that have no context unless told otherwise
	 * @throws IllegalStateException if the codec is not there
	 */
	public PoolConfig build() {
		int most = (this.maxSize != null) ? this.maxSize : PoolDefaults.maxSize(this.coreSize);
		WorkerConfig workers = (this.worker != null) ? this.worker : WorkerConfig.builder().build();
		return new PoolConfig(this.name, this.settings, this.coreSize, most, this.queueCapacity, this.queueBytes,
				this.keepAlive, this.queueTimeout, this.taskTimeout, this.startupTimeout, this.shutdownTimeout,
				this.cancelGrace, this.maxTasksPerWorker, this.maxLifetime, this.maxMemory, this.maxRetainedHeap,
				this.maxPayloadSize, this.allow, Codecs.resolve(this.codec, this.settings), workers, this.neighbours);
	}

}
