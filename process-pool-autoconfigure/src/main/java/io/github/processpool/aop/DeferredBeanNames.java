package io.github.processpool.aop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Knows the bean behind a proxy's target. Advice sees only the target, and two beans of
 * one class each have a twin of their own in the worker. Targets are recorded as soon as
 * they are made, and again when their wrapping by other post-processors is over.
 */
public final class DeferredBeanNames implements InstantiationAwareBeanPostProcessor, BeanFactoryAware, PriorityOrdered {

	private static final String INNER_REMEDY = "Give it a definition and a name of its own: "
			+ "a worker finds beans by their names.";

	private final DeferredMethods methods;

	private final WeakIdentityMap<String> names = new WeakIdentityMap<>();

	private final Map<String, Class<?>> unreachable = new ConcurrentHashMap<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	public DeferredBeanNames(DeferredMethods methods) {
		this.methods = methods;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	/**
	 * Before the creators of proxies, which come later because they are merely ordered,
	 * and behind what replaces beans by spies.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public boolean postProcessAfterInstantiation(Object bean, String beanName) {
		record(bean, beanName);
		return true;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		new ProxyRules(beanFactory(), this.methods).requireProxyable(bean.getClass(), beanName);
		return bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		record(bean, beanName);
		return bean;
	}

	private void record(Object bean, String beanName) {
		if (this.methods.of(bean.getClass()).isEmpty()) {
			return;
		}
		if (beanFactory().containsLocalBean(beanName)) {
			this.names.put(bean, beanName);
		}
		else {
			this.unreachable.put(beanName, bean.getClass());
		}
	}

	private ConfigurableListableBeanFactory beanFactory() {
		if (this.beanFactory == null) {
			throw new IllegalStateException("used outside of a bean factory");
		}
		return this.beanFactory;
	}

	/**
	 * Returns the name of a bean.
	 * @param target the bean itself, not its proxy
	 * @param method the method that is called, for the message
	 * @return the name by which a worker finds its twin
	 * @throws InvalidDeferredMethodException if no bean definition stands behind it
	 */
	String nameOf(Object target, DeferredMethod method) {
		String name = this.names.get(target);
		if (name == null) {
			throw new InvalidDeferredMethodException(
					List.of(unreachable(target.getClass().getName(), method.describe())));
		}
		return name;
	}

	/**
	 * Deferred methods of objects made so far that no worker can find.
	 * @return a problem for each object
	 */
	List<DeferredMethodProblem> unreachable() {
		return this.unreachable.entrySet()
			.stream()
			.flatMap((bean) -> this.methods.of(bean.getValue())
				.stream()
				.map((method) -> unreachable(bean.getKey(), DeferredMethod.describe(method))))
			.toList();
	}

	private static DeferredMethodProblem unreachable(String beanName, String method) {
		return new DeferredMethodProblem(beanName, method, "the object is an inner bean or was made outside of the "
				+ "container's definitions, so no bean of that name exists", INNER_REMEDY);
	}

}
