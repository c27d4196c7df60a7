package io.github.processpool.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.processpool.ContextPropagator;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.ProcessWorker;
import io.github.processpool.aop.DeferredSignatures;
import io.github.processpool.autoconfigure.ProcessPoolProperties.Mode;
import io.github.processpool.engine.DefaultProcessPool;
import io.github.processpool.engine.InPlaceProcessPool;
import io.github.processpool.engine.InlineProcessPool;
import io.github.processpool.engine.PoolConfig;
import io.github.processpool.engine.PoolIntegrations;
import io.github.processpool.engine.SpanSink;
import io.github.processpool.engine.TaskObserver;
import io.github.processpool.engine.launch.HeapClaim;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Makes the pools that the properties describe. In a worker there are no further workers:
 * what is submitted there runs in place.
 */
class ProcessPoolFactory {

	private final ProcessPoolProperties properties;

	private final ConfigurableApplicationContext context;

	private final DeferredSignatures signatures;

	private final PoolListener listener;

	private final ObjectProvider<ContextPropagator> propagators;

	private final ObjectProvider<TaskObserver> observers;

	private final ObjectProvider<SpanSink> spans;

	ProcessPoolFactory(ProcessPoolProperties properties, ConfigurableApplicationContext context,
			DeferredSignatures signatures, PoolListener listener, ObjectProvider<ContextPropagator> propagators,
			ObjectProvider<TaskObserver> observers, ObjectProvider<SpanSink> spans) {
		this.properties = properties;
		this.context = context;
		this.signatures = signatures;
		this.listener = listener;
		this.propagators = propagators;
		this.observers = observers;
		this.spans = spans;
	}

	/**
	 * Makes a pool.
	 * @param name name of the pool
	 * @return a pool that has started nothing yet
	 */
	ProcessPool create(String name) {
		if (ProcessWorker.isActive()) {
			return new InPlaceProcessPool(name);
		}
		PoolConfig config = config(name);
		PoolSettings settings = settings(name);
		PoolIntegrations integrations = new PoolIntegrations(
				PropagatorFactory.create(settings, this.propagators.orderedStream().toList()), observer(settings),
				WorkerLogsFactory.create(settings), this.spans.getIfUnique(() -> SpanSink.NONE),
				WorkerLogsFactory.rate(settings));
		return (this.properties.getMode() == Mode.INLINE) ? new InlineProcessPool(config, this.listener, integrations)
				: new DefaultProcessPool(config, this.listener, integrations);
	}

	PoolConfig config(String name) {
		PoolSettings settings = settings(name);
		List<String> allow = allow(name);
		allow.addAll(PropagatorFactory.types(settings));
		return new PoolConfigFactory(new WorkerConfigFactory(this.context, () -> this.signatures.beansOf(name)))
			.create(name, settings, allow, neighbours(name));
	}

	/**
	 * What the pools beside one want of the memory. The default pool is always there, so
	 * it counts if there are methods that run in it.
	 */
	private List<HeapClaim> neighbours(String name) {
		List<String> others = new ArrayList<>(names());
		if (!others.isEmpty() && !this.signatures.beansOf(ProcessPools.DEFAULT).isEmpty()) {
			others.add(ProcessPools.DEFAULT);
		}
		others.remove(name);
		return others.stream().map((other) -> PoolConfigFactory.claim(settings(other))).toList();
	}

	private TaskObserver observer(PoolSettings settings) {
		TaskObserver observer = this.observers.getIfUnique();
		return (observer != null && PropagatorFactory.isTraced(settings)) ? observer : TaskObserver.NONE;
	}

	private PoolSettings settings(String name) {
		return name.equals(ProcessPools.DEFAULT) ? PoolSettings.ofDefaultPool(this.properties)
				: PoolSettings.ofNamedPool(name, this.properties);
	}

	Set<String> names() {
		return this.properties.getPools().keySet();
	}

	/**
	 * What the application stands for: its own packages and the types that it names in
	 * signatures of deferred methods.
	 */
	private List<String> allow(String pool) {
		Set<String> packages = new TreeSet<>();
		if (AutoConfigurationPackages.has(this.context)) {
			packages.addAll(AutoConfigurationPackages.get(this.context));
		}
		CapturedApplication application = CapturedApplication.find(this.context);
		if (application != null) {
			application.sources()
				.stream()
				.filter((source) -> ClassUtils.isPresent(source, this.context.getClassLoader()))
				.map(ClassUtils::getPackageName)
				.forEach(packages::add);
		}
		// without a package, an application is not told from libraries
		packages.remove("");
		List<String> allow = new ArrayList<>();
		packages.forEach((name) -> allow.add(name + ".**"));
		allow.addAll(this.signatures.typesOf(pool));
		return allow;
	}

}
