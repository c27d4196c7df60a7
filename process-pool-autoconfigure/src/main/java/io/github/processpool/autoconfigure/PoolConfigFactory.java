package io.github.processpool.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.processpool.SerializationCodec;
import io.github.processpool.autoconfigure.PoolSettings.Setting;
import io.github.processpool.codec.Codecs;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.engine.PoolConfig;
import io.github.processpool.engine.PoolDefaults;
import io.github.processpool.engine.WorkerConfig;
import io.github.processpool.engine.launch.HeapClaim;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Maps the properties of a pool to the settings of the engine, and refuses values that
 * are out of range.
 */
final class PoolConfigFactory {

	/** The body of a message is an array. */
	private static final DataSize LARGEST_PAYLOAD = DataSize.ofBytes(Integer.MAX_VALUE - 1024);

	private final WorkerConfigFactory workers;

	PoolConfigFactory(WorkerConfigFactory workers) {
		this.workers = workers;
	}

	/**
	 * Maps the settings of a pool.
	 * @param name name of the pool
	 * @param settings its settings
	 * @param allow types and packages that the application itself stands for
	 * @param neighbours what the other pools of the application want of the memory
	 * @return settings for the engine
	 */
	PoolConfig create(String name, PoolSettings settings, List<String> allow, List<HeapClaim> neighbours) {
		int coreSize = coreSize(settings);
		WorkerConfig worker = this.workers.create(name, settings);
		return PoolConfig.builder(name, SettingNames.ofPool(name))
			.coreSize(coreSize)
			.maxSize(maxSize(settings, coreSize))
			.queueCapacity(settings.get("queue-capacity", PoolProperties::getQueueCapacity)
				.require(PoolDefaults.QUEUE_CAPACITY, (size) -> size >= 0, "at least 0"))
			.queueBytes(settings.get("queue-bytes", PoolProperties::getQueueBytes)
				.require(DataSize.ofBytes(PoolDefaults.QUEUE_BYTES), (size) -> size.toBytes() > 0, "more than 0")
				.toBytes())
			.keepAlive(limit(settings, "keep-alive", PoolProperties::getKeepAlive, PoolDefaults.KEEP_ALIVE))
			.queueTimeout(limit(settings, "queue-timeout", PoolProperties::getQueueTimeout, Duration.ZERO))
			.taskTimeout(limit(settings, "task-timeout", PoolProperties::getTaskTimeout, Duration.ZERO))
			.startupTimeout(settings.get("startup-timeout", PoolProperties::getStartupTimeout)
				.require(PoolDefaults.STARTUP_TIMEOUT, (time) -> time.compareTo(Duration.ZERO) > 0, "more than 0"))
			.shutdownTimeout(limit(settings, "shutdown-timeout", PoolProperties::getShutdownTimeout,
					PoolDefaults.SHUTDOWN_TIMEOUT))
			.cancelGrace(limit(settings, "cancel-grace", PoolProperties::getCancelGrace, PoolDefaults.CANCEL_GRACE))
			.maxTasksPerWorker(settings.get("max-tasks-per-worker", PoolProperties::getMaxTasksPerWorker)
				.require(0, (count) -> count >= 0, "at least 0, where 0 means no limit"))
			.maxLifetime(limit(settings, "max-lifetime", PoolProperties::getMaxLifetime, Duration.ZERO))
			.maxMemory(limit(settings, "max-memory", PoolProperties::getMaxMemory))
			.maxRetainedHeap(maxRetainedHeap(settings, worker.maxHeap()))
			.maxPayloadSize(settings.get("max-payload-size", PoolProperties::getMaxPayloadSize)
				.require(DataSize.ofBytes(PoolDefaults.MAX_PAYLOAD_SIZE),
						(size) -> size.toBytes() > 0 && size.compareTo(LARGEST_PAYLOAD) <= 0,
						"more than 0 and less than 2GB")
				.toBytes())
			.allow(allow(settings, allow))
			.codec(codec(settings, SettingNames.ofPool(name)))
			.worker(worker)
			.neighbours(neighbours)
			.build();
	}

	/**
	 * Maps what a pool wants of the memory.
	 * @param settings the pool's settings
	 * @return its claim
	 */
	static HeapClaim claim(PoolSettings settings) {
		return HeapClaim.of(maxSize(settings, coreSize(settings)), WorkerConfigFactory.maxHeap(settings),
				WorkerConfigFactory.jvmArgs(settings));
	}

	private static int coreSize(PoolSettings settings) {
		return settings.get("core-size", PoolProperties::getCoreSize)
			.require(PoolDefaults.CORE_SIZE, (size) -> size >= 0, "at least 0");
	}

	private static int maxSize(PoolSettings settings, int coreSize) {
		Setting<Integer> maxSize = settings.get("max-size", PoolProperties::getMaxSize);
		int size = maxSize.require(PoolDefaults.maxSize(coreSize), (value) -> value >= 1, "at least 1");
		if (size < coreSize) {
			throw tooFew(maxSize, size, settings.get("core-size", PoolProperties::getCoreSize), coreSize, settings);
		}
		return size;
	}

	/**
	 * Blames what is nearest to the pool: the default pool is right as it is.
	 */
	private static InvalidConfigurationPropertyValueException tooFew(Setting<Integer> maxSize, int size,
			Setting<Integer> coreSize, int core, PoolSettings settings) {
		if (settings.isOwn(coreSize)) {
			return coreSize.invalid("It must not be more than '" + maxSize.property() + "', which is " + size + ".",
					"Lower '" + coreSize.property() + "', or set '" + settings.prefix() + ".max-size' to at least "
							+ core + ".");
		}
		return maxSize.invalid(
				"It must not be less than the core size of " + core + ", which the pool inherits from '"
						+ coreSize.property() + "'.",
				"Raise '" + maxSize.property() + "', or set '" + settings.prefix() + ".core-size' to at most " + size
						+ ".");
	}

	private static long maxRetainedHeap(PoolSettings settings, long maxHeap) {
		long bytes = limit(settings, "max-retained-heap", PoolProperties::getMaxRetainedHeap);
		if (maxHeap > 0 && bytes >= maxHeap) {
			Setting<DataSize> setting = settings.get("max-retained-heap", PoolProperties::getMaxRetainedHeap);
			throw setting.invalid("It has to be less than '"
					+ settings.get("worker.max-heap", (pool) -> pool.getWorker().getMaxHeap()).property()
					+ "', else no worker can ever reach it.");
		}
		return bytes;
	}

	private static Duration limit(PoolSettings settings, String property,
			Function<PoolProperties, @Nullable Duration> getter, Duration defaultValue) {
		return settings.get(property, getter).require(defaultValue, (time) -> !time.isNegative(), "at least 0");
	}

	private static long limit(PoolSettings settings, String property,
			Function<PoolProperties, @Nullable DataSize> getter) {
		return settings.get(property, getter)
			.require(DataSize.ofBytes(0), (size) -> !size.isNegative(), "at least 0, where 0 means no limit")
			.toBytes();
	}

	private static SerializationCodec codec(PoolSettings settings, SettingNames names) {
		Setting<SerializationCodec> codec = settings.get("serialization.codec",
				(pool) -> pool.getSerialization().getCodec());
		try {
			return Codecs.resolve(codec.value(), names);
		}
		catch (IllegalStateException ex) {
			throw codec.invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static List<String> allow(PoolSettings settings, List<String> allow) {
		Setting<List<String>> more = settings.get("serialization.allow", (pool) -> pool.getSerialization().getAllow());
		try {
			TypeFilter.of(more.or(List.of()));
		}
		catch (IllegalArgumentException ex) {
			throw more.invalid(String.valueOf(ex.getMessage()));
		}
		return Stream.concat(allow.stream(), more.or(List.of()).stream()).distinct().toList();
	}

}
