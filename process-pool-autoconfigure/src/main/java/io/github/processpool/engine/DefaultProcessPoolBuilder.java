package io.github.processpool.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.engine.launch.JvmArguments;
import io.github.processpool.protocol.SettingNames;

/**
 * Builds pools whose workers have no context. Found as a service by
 * {@link ProcessPool#builder()}.
 */
public final class DefaultProcessPoolBuilder implements ProcessPool.Builder {

	/** Names of pools become parts of names of threads and meters. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

	/** No JVM starts in less. */
	private static final long SMALLEST_HEAP = 16L * 1024 * 1024;

	private final PoolConfigBuilder config = PoolConfig.builder("pool", SettingNames.ofBuilder());

	private final WorkerConfigBuilder worker = WorkerConfig.builder();

	private final Map<String, String> environment = new HashMap<>();

	private final List<String> allow = new ArrayList<>();

	private PoolListener listener = SilentListener.INSTANCE;

	@Override
	public ProcessPool.Builder name(String name) {
		if (!NAME.matcher(Check.given(name, "name")).matches()) {
			throw new IllegalArgumentException("name is '" + name
					+ "' but has to be up to 64 letters, digits, '-' and '_', the first a letter or digit");
		}
		this.config.name(name);
		return this;
	}

	@Override
	public ProcessPool.Builder coreSize(int coreSize) {
		this.config.coreSize(Check.atLeast(0, coreSize, "coreSize"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxSize(int maxSize) {
		this.config.maxSize(Check.atLeast(1, maxSize, "maxSize"));
		return this;
	}

	@Override
	public ProcessPool.Builder queueCapacity(int queueCapacity) {
		this.config.queueCapacity(Check.atLeast(0, queueCapacity, "queueCapacity"));
		return this;
	}

	@Override
	public ProcessPool.Builder queueBytes(long queueBytes) {
		this.config.queueBytes(Check.positive(queueBytes, "queueBytes"));
		return this;
	}

	@Override
	public ProcessPool.Builder keepAlive(Duration keepAlive) {
		this.config.keepAlive(Check.notNegative(keepAlive, "keepAlive"));
		return this;
	}

	@Override
	public ProcessPool.Builder queueTimeout(Duration queueTimeout) {
		this.config.queueTimeout(Check.notNegative(queueTimeout, "queueTimeout"));
		return this;
	}

	@Override
	public ProcessPool.Builder taskTimeout(Duration taskTimeout) {
		this.config.taskTimeout(Check.notNegative(taskTimeout, "taskTimeout"));
		return this;
	}

	@Override
	public ProcessPool.Builder startupTimeout(Duration startupTimeout) {
		if (Check.notNegative(startupTimeout, "startupTimeout").isZero()) {
			throw new IllegalArgumentException("startupTimeout is 0 but has to be positive");
		}
		this.config.startupTimeout(startupTimeout);
		return this;
	}

	@Override
	public ProcessPool.Builder shutdownTimeout(Duration shutdownTimeout) {
		this.config.shutdownTimeout(Check.notNegative(shutdownTimeout, "shutdownTimeout"));
		return this;
	}

	@Override
	public ProcessPool.Builder cancelGrace(Duration cancelGrace) {
		this.config.cancelGrace(Check.notNegative(cancelGrace, "cancelGrace"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxTasksPerWorker(int maxTasksPerWorker) {
		this.config.maxTasksPerWorker(Check.atLeast(0, maxTasksPerWorker, "maxTasksPerWorker"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxLifetime(Duration maxLifetime) {
		this.config.maxLifetime(Check.notNegative(maxLifetime, "maxLifetime"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxMemory(long bytes) {
		this.config.maxMemory(Check.noLimitOrMore(bytes, "maxMemory"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxRetainedHeap(long bytes) {
		this.config.maxRetainedHeap(Check.noLimitOrMore(bytes, "maxRetainedHeap"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxPayloadSize(long maxPayloadSize) {
		if (maxPayloadSize > Integer.MAX_VALUE - 1024) {
			throw new IllegalArgumentException("maxPayloadSize is " + maxPayloadSize + " but must be below 2 GB");
		}
		this.config.maxPayloadSize(Check.positive(maxPayloadSize, "maxPayloadSize"));
		return this;
	}

	@Override
	public ProcessPool.Builder maxHeap(long bytes) {
		if (bytes != 0 && bytes < SMALLEST_HEAP) {
			throw new IllegalArgumentException(
					"maxHeap is " + bytes + " bytes but has to be at least 16 MB, or 0 to have it computed");
		}
		this.worker.maxHeap(bytes);
		return this;
	}

	@Override
	public ProcessPool.Builder heartbeatTimeout(Duration heartbeatTimeout) {
		this.worker.heartbeatTimeout(Check.notNegative(heartbeatTimeout, "heartbeatTimeout"));
		return this;
	}

	@Override
	public ProcessPool.Builder warmStart(boolean warmStart) {
		this.worker.warmStart(warmStart);
		return this;
	}

	@Override
	public ProcessPool.Builder jvmArgs(String... jvmArgs) {
		List<String> all = Check.all(jvmArgs, "jvmArgs");
		JvmArguments.problem(all).ifPresent((problem) -> {
			throw new IllegalArgumentException(problem.describe("jvmArgs"));
		});
		this.worker.jvmArgs(all);
		return this;
	}

	@Override
	public ProcessPool.Builder environment(String name, String value) {
		Check.given(name, "name of environment");
		Check.given(value, "value of environment '" + name + "'");
		if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("name of environment is '" + name
					+ "' but has to have at least one character and no '=': name and value are two arguments");
		}
		if (value.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("value of environment '" + name + "' must not have a null character");
		}
		this.environment.put(name, value);
		return this;
	}

	@Override
	public ProcessPool.Builder allow(String... patterns) {
		List<String> all = Check.all(patterns, "allow");
		try {
			TypeFilter.of(all);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("allow: " + ex.getMessage(), ex);
		}
		this.allow.addAll(all);
		return this;
	}

	@Override
	public ProcessPool.Builder codec(SerializationCodec codec) {
		this.config.codec(Check.given(codec, "codec"));
		return this;
	}

	@Override
	public ProcessPool.Builder listener(PoolListener listener) {
		this.listener = Check.given(listener, "listener");
		return this;
	}

	@Override
	public ProcessPool build() {
		this.worker.environment(this.environment);
		PoolConfig settings = this.config.allow(this.allow).worker(this.worker.build()).build();
		if (settings.maxSize() < settings.coreSize()) {
			throw new IllegalArgumentException("maxSize is " + settings.maxSize()
					+ " but has to be at least coreSize, which is " + settings.coreSize());
		}
		long maxHeap = settings.worker().maxHeap();
		if (maxHeap > 0 && settings.maxRetainedHeap() >= maxHeap) {
			throw new IllegalArgumentException("maxRetainedHeap is " + settings.maxRetainedHeap()
					+ " but has to be less than maxHeap, which is " + maxHeap);
		}
		return new DefaultProcessPool(settings, this.listener, PoolIntegrations.NONE, true);
	}

}
