package io.github.processpool.worker.context;

import java.lang.annotation.Annotation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeConverter;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListenerMethodProcessor;
import org.springframework.context.weaving.LoadTimeWeaverAware;
import org.springframework.core.ResolvableType;

/**
 * A bean factory that makes a bean when a task needs it and never before, whatever the
 * bean says of itself.
 */
class WorkerBeanFactory extends DefaultListableBeanFactory {

	private static final String RUNNER = "org.springframework.boot.Runner";

	private final transient ThreadLocal<Creation> creation = ThreadLocal.withInitial(Creation::new);

	private final transient LookupGuard guard;

	private volatile boolean started;

	WorkerBeanFactory() {
		this(new LookupGuard(AbsentBeans.NONE));
	}

	WorkerBeanFactory(LookupGuard guard) {
		this.guard = guard;
	}

	/**
	 * Watches what is asked of this factory.
	 */
	LookupGuard guard() {
		return this.guard;
	}

	/**
	 * Nothing: the bootstrap phase that the superclass begins here would only be ended by
	 * its {@code preInstantiateSingletons}, and lets threads bypass the singleton lock.
	 */
	@Override
	public void prepareSingletonBootstrap() {
	}

	/**
	 * Makes no bean, and completes those that post-processors have made.
	 */
	@Override
	public void preInstantiateSingletons() {
		for (String name : getSingletonNames()) {
			if (getSingleton(name, false) instanceof SmartInitializingSingleton singleton
					&& isCompletedByUs(singleton)) {
				singleton.afterSingletonsInstantiated();
			}
		}
		this.started = true;
	}

	/**
	 * Notes beans that wait for {@code afterSingletonsInstantiated}, which nobody would
	 * call for late ones: without it {@code @Cacheable} does not cache.
	 */
	@Override
	protected void addSingleton(String beanName, Object singletonObject) {
		super.addSingleton(beanName, singletonObject);
		if (this.started && singletonObject instanceof SmartInitializingSingleton singleton
				&& isCompletedByUs(singleton)) {
			Creation current = this.creation.get();
			current.waiting.add(singleton);
			completeIfOutermost(current);
		}
	}

	/**
	 * Whether the context is refreshed.
	 * @return {@code false} while beans of the application must not be made
	 */
	boolean isStarted() {
		return this.started;
	}

	/** Events have their listeners registered at the first one that is published. */
	private static boolean isCompletedByUs(SmartInitializingSingleton singleton) {
		return !(singleton instanceof EventListenerMethodProcessor);
	}

	@Override
	@SuppressWarnings("NullAway") // elements of Spring's array are nullable
	protected <T> T doGetBean(String name, @Nullable Class<T> requiredType, @Nullable Object @Nullable [] args,
			boolean typeCheckOnly) {
		this.guard.onName(transformedBeanName(name));
		Creation current = this.creation.get();
		boolean resolving = current.resolving;
		current.resolving = false;
		current.depth++;
		T bean;
		try {
			bean = super.doGetBean(name, requiredType, args, typeCheckOnly);
		}
		finally {
			current.depth--;
			current.resolving = resolving;
		}
		completeIfOutermost(current);
		return bean;
	}

	/**
	 * The superclass tries the name of a parameter before it asks by type.
	 */
	@Override
	public @Nullable Object doResolveDependency(DependencyDescriptor descriptor, @Nullable String beanName,
			@Nullable Set<String> autowiredBeanNames, @Nullable TypeConverter typeConverter) {
		Creation current = this.creation.get();
		boolean before = current.resolving;
		current.resolving = true;
		try {
			return super.doResolveDependency(descriptor, beanName, autowiredBeanNames, typeConverter);
		}
		finally {
			current.resolving = before;
		}
	}

	private void completeIfOutermost(Creation current) {
		while (this.started && current.depth == 0 && !current.waiting.isEmpty()) {
			current.waiting.remove().afterSingletonsInstantiated();
		}
	}

	/**
	 * Hides the executor that a refresh would make for beans in the background.
	 */
	@Override
	public boolean containsBean(String name) {
		if (!this.creation.get().resolving) {
			this.guard.onName(name);
		}
		return (this.started || !name.equals(ConfigurableApplicationContext.BOOTSTRAP_EXECUTOR_BEAN_NAME))
				&& super.containsBean(name);
	}

	@Override
	public String[] getBeanNamesForType(ResolvableType type, boolean includeNonSingletons, boolean allowEagerInit) {
		this.guard.onType(type);
		return super.getBeanNamesForType(type, includeNonSingletons, allowEagerInit);
	}

	@Override
	public String[] getBeanNamesForAnnotation(Class<? extends Annotation> annotationType) {
		this.guard.onType(annotationType);
		return super.getBeanNamesForAnnotation(annotationType);
	}

	@Override
	public String[] getBeanNamesForType(@Nullable Class<?> type) {
		return (isRunner(type)) ? new String[0] : super.getBeanNamesForType(type);
	}

	/**
	 * Hides beans that a refresh makes before all others because they know of load-time
	 * weaving: the whole of JPA would be made for every worker.
	 */
	@Override
	public String[] getBeanNamesForType(@Nullable Class<?> type, boolean includeNonSingletons, boolean allowEagerInit) {
		this.guard.onType(type);
		boolean hidden = isRunner(type) || (!this.started && type == LoadTimeWeaverAware.class);
		return (hidden) ? new String[0] : super.getBeanNamesForType(type, includeNonSingletons, allowEagerInit);
	}

	/** Runners of contexts that main starts beside the application. */
	private static boolean isRunner(@Nullable Class<?> type) {
		return type != null && (type == ApplicationRunner.class || type == CommandLineRunner.class
				|| type.getName().equals(RUNNER));
	}

	/**
	 * What the current thread is making. Confined to that thread.
	 */
	private static final class Creation {

		private final Deque<SmartInitializingSingleton> waiting = new ArrayDeque<>();

		private int depth;

		private boolean resolving;

	}

}
