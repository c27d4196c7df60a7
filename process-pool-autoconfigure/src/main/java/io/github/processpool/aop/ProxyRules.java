package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Tells which methods no proxy can intercept, so that they would silently run in the
 * application's own JVM.
 */
final class ProxyRules {

	private final ConfigurableListableBeanFactory beanFactory;

	private final DeferredMethods methods;

	ProxyRules(ConfigurableListableBeanFactory beanFactory, DeferredMethods methods) {
		this.beanFactory = beanFactory;
		this.methods = methods;
	}

	void check(String beanName, Class<?> targetClass, Method method, AttributeReader.Problems problems) {
		int modifiers = method.getModifiers();
		if (Modifier.isStatic(modifiers)) {
			problems.report("it is static, so no proxy can intercept it", "Make it an instance method of the bean.");
		}
		else if (Modifier.isPrivate(modifiers)) {
			problems.report("it is private, so no proxy can intercept it",
					"Make it public and call it from another bean.");
		}
		else if (!usesClassProxy(beanName, targetClass)) {
			if (!method.getDeclaringClass().isInterface()
					&& InterfaceMethods.find(method, targetClass, (candidate) -> true) == null) {
				problems.report("the bean is proxied by its interfaces, and none of them has the method",
						"Add it to an interface, or set spring.aop.proxy-target-class=true.");
			}
		}
		else {
			checkSubclassable(targetClass, method, problems);
		}
	}

	private void checkSubclassable(Class<?> targetClass, Method method, AttributeReader.Problems problems) {
		if (Modifier.isFinal(targetClass.getModifiers())) {
			problems.report("its class " + targetClass.getName() + " is final, so it cannot be proxied",
					"Remove 'final' from the class, or give it an interface and set "
							+ "spring.aop.proxy-target-class=false.");
		}
		else if (Modifier.isFinal(method.getModifiers())) {
			problems.report("it is final, so no proxy can intercept it", "Remove 'final' from the method.");
		}
		else if (isPackagePrivate(method)
				&& !method.getDeclaringClass().getPackageName().equals(targetClass.getPackageName())) {
			problems.report(
					"it is visible only in package " + method.getDeclaringClass().getPackageName()
							+ ", while its bean is proxied in " + targetClass.getPackageName(),
					"Make it public or protected.");
		}
	}

	/**
	 * Fails before Spring does, whose message on a final class does not tell why a proxy
	 * is wanted.
	 * @param beanClass class of a bean that is being made
	 * @param beanName name of the bean
	 * @throws InvalidDeferredMethodException if the class is final and has deferred
	 * methods
	 */
	void requireProxyable(Class<?> beanClass, String beanName) {
		if (!Modifier.isFinal(beanClass.getModifiers()) || this.methods.of(beanClass).isEmpty()
				|| !usesClassProxy(beanName, beanClass)) {
			return;
		}
		List<DeferredMethodProblem> problems = new ArrayList<>();
		for (Method method : this.methods.of(beanClass)) {
			check(beanName, beanClass, method, (problem, remedy) -> problems
				.add(new DeferredMethodProblem(beanName, DeferredMethod.describe(method), problem, remedy)));
		}
		throw new InvalidDeferredMethodException(problems);
	}

	private boolean usesClassProxy(String beanName, Class<?> targetClass) {
		if (targetClass.isInterface() || ClassUtils.isLambdaClass(targetClass)
				|| java.lang.reflect.Proxy.isProxyClass(targetClass)) {
			return false;
		}
		if (ClassUtils.getAllInterfacesForClass(targetClass).length == 0
				|| AutoProxyUtils.shouldProxyTargetClass(this.beanFactory, beanName)) {
			return true;
		}
		Object creator = this.beanFactory.getSingleton(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME);
		return !(creator instanceof ProxyConfig config) || config.isProxyTargetClass();
	}

	private static boolean isPackagePrivate(Method method) {
		return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
	}

}
