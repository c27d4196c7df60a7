package io.github.processpool.worker.context;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The context of a worker.
 */
final class WorkerContext extends AnnotationConfigApplicationContext {

	private final LookupGuard guard;

	WorkerContext(LookupGuard guard) {
		super(new WorkerBeanFactory(guard));
		this.guard = guard;
	}

	/**
	 * The first that makes beans: from now on who asks for one means it.
	 */
	@Override
	protected void registerBeanPostProcessors(ConfigurableListableBeanFactory beanFactory) {
		this.guard.watch();
		super.registerBeanPostProcessors(beanFactory);
	}

	@Override
	protected void initMessageSource() {
		if (!containsLocalBean(MESSAGE_SOURCE_BEAN_NAME)) {
			getBeanFactory().registerSingleton(MESSAGE_SOURCE_BEAN_NAME, new LateMessageSource());
		}
		super.initMessageSource();
	}

	@Override
	protected void doClose() {
		this.guard.stop();
		super.doClose();
	}

}
