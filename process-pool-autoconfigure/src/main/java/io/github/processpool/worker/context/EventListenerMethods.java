package io.github.processpool.worker.context;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.EventListenerMethodProcessor;

/**
 * Registers {@code @EventListener} methods when the first event is published. Most
 * workers never see one, and finding the methods means looking at every bean's type.
 * Thread-safe.
 */
final class EventListenerMethods {

	private final WorkerBeanFactory beanFactory;

	// Guarded by this
	private boolean registered;

	EventListenerMethods(WorkerBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Registers the methods unless that is done.
	 * @return {@code false} while the context is still being refreshed, when no bean of
	 * the application may be made for an event
	 */
	synchronized boolean register() {
		if (!this.beanFactory.isStarted()) {
			return false;
		}
		if (!this.registered) {
			// First, because a bean that is made on the way may publish an event itself
			this.registered = true;
			this.beanFactory.getBeansOfType(EventListenerMethodProcessor.class, false, false)
				.values()
				.forEach(SmartInitializingSingleton::afterSingletonsInstantiated);
		}
		return true;
	}

}
