package io.github.processpool.worker.context;

import java.util.List;

import io.github.processpool.ContextPropagator;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.worker.WorkerRuntime;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * A runtime that calls beans of a context.
 */
abstract class ContextRuntime implements WorkerRuntime {

	private volatile @Nullable ConfigurableApplicationContext context;

	private volatile @Nullable BeanInvoker invoker;

	private byte[] report = {};

	@Override
	public final void start(byte[] settings) throws Exception {
		ContextSettings decoded = ContextSettings.decode(settings);
		ContextSlice slice = decoded.slice();
		ExcludedAutoConfigurations.set(slice);
		ConfigurableApplicationContext context = createContext(decoded);
		this.context = context;
		SliceCheck check = new SliceCheck(context.getBeanFactory(), slice);
		if (!slice.isWhole()) {
			this.report = check.report().encode();
		}
		this.invoker = new BeanInvoker(context.getBeanFactory(), check);
	}

	@Override
	public final byte[] report() {
		return this.report;
	}

	/**
	 * Builds the context.
	 * @param settings what the parent sent
	 * @return a refreshed context
	 * @throws Exception what made it impossible, as it is
	 */
	abstract ConfigurableApplicationContext createContext(ContextSettings settings) throws Exception;

	@Override
	public final ClassLoader classLoader() {
		ConfigurableApplicationContext context = this.context;
		ClassLoader loader = (context != null) ? context.getClassLoader() : ClassUtils.getDefaultClassLoader();
		return (loader != null) ? loader : getClass().getClassLoader();
	}

	@Override
	public final List<ContextPropagator> propagators() {
		return context().getBeanProvider(ContextPropagator.class).orderedStream().toList();
	}

	@Override
	public final @Nullable Object invoke(MethodCoordinates target, @Nullable Object[] arguments) throws Throwable {
		BeanInvoker invoker = this.invoker;
		Assert.state(invoker != null, "The context of this worker has not been started");
		return invoker.invoke(target, arguments);
	}

	@Override
	public final void close() {
		ConfigurableApplicationContext context = this.context;
		if (context != null) {
			context.close();
		}
	}

	/**
	 * The context of a started worker.
	 * @return the context
	 */
	final ConfigurableApplicationContext context() {
		ConfigurableApplicationContext context = this.context;
		Assert.state(context != null, "The context of this worker has not been started");
		return context;
	}

}
