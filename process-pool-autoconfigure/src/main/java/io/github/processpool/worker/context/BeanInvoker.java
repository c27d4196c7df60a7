package io.github.processpool.worker.context;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.ProcessWorker;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.SettingNames;
import io.github.processpool.worker.TargetMethods;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Calls methods of beans with that part of their advice which the parent has left to the
 * worker. Thread-safe.
 */
final class BeanInvoker {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Map<MethodCoordinates, Method> methods = new ConcurrentHashMap<>();

	private final Map<String, RemainingAdvice> singletons = new ConcurrentHashMap<>();

	private final SliceCheck check;

	BeanInvoker(ConfigurableListableBeanFactory beanFactory) {
		this(beanFactory, new SliceCheck(beanFactory, ContextSlice.WHOLE));
	}

	BeanInvoker(ConfigurableListableBeanFactory beanFactory, SliceCheck check) {
		this.beanFactory = beanFactory;
		this.check = check;
	}

	@Nullable Object invoke(MethodCoordinates coordinates, @Nullable Object[] arguments) throws Throwable {
		Object bean = bean(coordinates);
		this.check.require(coordinates.beanName(), bean);
		Method method = this.methods.get(coordinates);
		if (method == null) {
			method = find(coordinates);
			this.methods.put(coordinates, method);
		}
		if (bean instanceof Advised advised) {
			return advice(coordinates, bean, advised, method).invoke(method, arguments);
		}
		requireClass(coordinates, bean, method);
		try {
			return method.invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Object bean(MethodCoordinates coordinates) {
		String name = coordinates.beanName();
		if (!this.beanFactory.containsBean(name)) {
			throw new ProcessPoolException(describe(coordinates) + " does not exist there"
					+ ": a condition keeps it out of workers, a test replaces or adds it, or it was registered by code. "
					+ "Let the bean exist in workers (see @ConditionalOnParentProcess and "
					+ SettingNames.ofThisWorker().of("worker.configuration-classes")
					+ "), or run without workers by 'process-pool.mode=inline'");
		}
		return this.beanFactory.getBean(name);
	}

	private static String describe(MethodCoordinates coordinates) {
		return "Bean '" + coordinates.beanName() + "' of deferred method " + coordinates.describe()
				+ " in a worker of pool '" + System.getProperty(ProcessWorker.POOL_PROPERTY, "default") + "'";
	}

	private Method find(MethodCoordinates coordinates) throws ClassNotFoundException {
		Method method = TargetMethods.find(coordinates, this.beanFactory.getBeanClassLoader())
			.orElseThrow(
					() -> new ProcessPoolException(describe(coordinates) + " has no method '" + coordinates.methodName()
							+ coordinates.descriptor() + "': the class paths of application and worker differ. "
							+ "Rebuild the application and start it again"));
		ReflectionUtils.makeAccessible(method);
		return method;
	}

	private RemainingAdvice advice(MethodCoordinates coordinates, Object bean, Advised advised, Method method) {
		String name = coordinates.beanName();
		RemainingAdvice cached = this.singletons.get(name);
		if (cached != null && cached.belongsTo(bean)) {
			return cached;
		}
		// The advice would run on a target that has no such method
		requireClass(coordinates, bean, method);
		RemainingAdvice advice = new RemainingAdvice(bean, advised);
		if (isSingleton(this.beanFactory, name)) {
			this.singletons.put(name, advice);
		}
		return advice;
	}

	private static void requireClass(MethodCoordinates coordinates, Object bean, Method method) {
		Class<?> expected = method.getDeclaringClass();
		if (!expected.isInstance(bean) && !expected.isAssignableFrom(AopUtils.getTargetClass(bean))) {
			throw new ProcessPoolException(describe(coordinates) + " is of class "
					+ AopUtils.getTargetClass(bean).getName() + " there, but of class " + expected.getName()
					+ " in the application. Define the bean alike in both, or run without workers by "
					+ "'process-pool.mode=inline'");
		}
	}

	private static boolean isSingleton(BeanFactory factory, String name) {
		return factory.isSingleton(name);
	}

}
