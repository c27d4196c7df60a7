package io.github.processpool.worker.context;

import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.util.function.SingletonSupplier;

/**
 * Lets the application's own events through and withholds those of contexts and of Boot:
 * to a listener they mean that the application starts or ends, and it does neither here.
 */
final class WorkerEventMulticaster implements ApplicationEventMulticaster {

	private final SingletonSupplier<ApplicationEventMulticaster> delegate;

	private final EventListenerMethods listenerMethods;

	WorkerEventMulticaster(Supplier<ApplicationEventMulticaster> delegate, EventListenerMethods listenerMethods) {
		this.delegate = SingletonSupplier.of(delegate);
		this.listenerMethods = listenerMethods;
	}

	@Override
	public void multicastEvent(ApplicationEvent event) {
		multicastEvent(event, null);
	}

	@Override
	public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType eventType) {
		if (!LifecycleEvents.include(event.getClass()) && this.listenerMethods.register()) {
			this.delegate.obtain().multicastEvent(event, eventType);
		}
	}

	@Override
	public void addApplicationListener(ApplicationListener<?> listener) {
		this.delegate.obtain().addApplicationListener(listener);
	}

	@Override
	public void addApplicationListenerBean(String listenerBeanName) {
		this.delegate.obtain().addApplicationListenerBean(listenerBeanName);
	}

	@Override
	public void removeApplicationListener(ApplicationListener<?> listener) {
		this.delegate.obtain().removeApplicationListener(listener);
	}

	@Override
	public void removeApplicationListenerBean(String listenerBeanName) {
		this.delegate.obtain().removeApplicationListenerBean(listenerBeanName);
	}

	@Override
	public void removeApplicationListeners(Predicate<ApplicationListener<?>> predicate) {
		this.delegate.obtain().removeApplicationListeners(predicate);
	}

	@Override
	public void removeApplicationListenerBeans(Predicate<String> predicate) {
		this.delegate.obtain().removeApplicationListenerBeans(predicate);
	}

	@Override
	public void removeAllListeners() {
		this.delegate.obtain().removeAllListeners();
	}

}
