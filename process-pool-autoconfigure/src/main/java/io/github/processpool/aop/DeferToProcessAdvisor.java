package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.util.function.Supplier;

import io.github.processpool.ProcessPools;
import io.github.processpool.protocol.ProcessBoundary;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

/**
 * Applies {@link DeferToProcessInterceptor} to deferred methods. Advice that has no order
 * of its own, such as caching and transactions, comes after it.
 */
public final class DeferToProcessAdvisor extends AbstractPointcutAdvisor implements ProcessBoundary {

	private static final long serialVersionUID = 1L;

	/**
	 * Behind everything with an order, before everything without one. At the lowest
	 * precedence itself the order towards caching and transactions would be left to
	 * chance.
	 */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private final transient Pointcut pointcut;

	private final transient DeferToProcessInterceptor interceptor;

	/**
	 * Creates the advisor.
	 * @param methods knows the deferred methods
	 * @param names knows the names of beans
	 * @param pools gives the pools; asked at the first call
	 * @param uncaught gives the handler of failures that nobody waits for
	 */
	public DeferToProcessAdvisor(DeferredMethods methods, DeferredBeanNames names, Supplier<ProcessPools> pools,
			Supplier<AsyncUncaughtExceptionHandler> uncaught) {
		this.pointcut = new DeferredPointcut(methods);
		this.interceptor = new DeferToProcessInterceptor(methods, names, pools, uncaught);
		setOrder(ORDER);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.interceptor;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

	/**
	 * Matches deferred methods.
	 */
	private static final class DeferredPointcut extends StaticMethodMatcherPointcut {

		private final DeferredMethods methods;

		DeferredPointcut(DeferredMethods methods) {
			this.methods = methods;
			setClassFilter(DeferredAnnotations::isCandidate);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return this.methods.isDeferred(method, targetClass);
		}

	}

}
