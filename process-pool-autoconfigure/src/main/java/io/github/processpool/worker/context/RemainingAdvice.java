package io.github.processpool.worker.context;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.protocol.ProcessBoundary;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AdvisedSupport;
import org.springframework.aop.framework.ReflectiveMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/**
 * The advice of one bean that stands after ours. What stands before it has run in the
 * parent. Works for every kind of proxy, because it runs the advice and not the proxy.
 */
final class RemainingAdvice {

	private final Object proxy;

	private final TargetSource targetSource;

	private final boolean exposeProxy;

	private final AdvisedSupport remaining;

	/** Chains by method; what depends on arguments is a part of the chain. */
	private final Map<Method, List<Object>> chains = new ConcurrentHashMap<>();

	RemainingAdvice(Object proxy, Advised advised) {
		this.proxy = proxy;
		this.targetSource = advised.getTargetSource();
		this.exposeProxy = advised.isExposeProxy();
		this.remaining = new AdvisedSupport(advised.getProxiedInterfaces());
		this.remaining.setTargetSource(advised.getTargetSource());
		remaining(advised.getAdvisors()).forEach(this.remaining::addAdvisor);
	}

	/**
	 * Selects the advisors of a deferred bean that a worker runs.
	 * @param advisors all of them
	 * @return those behind ours and, if it was there, the one that exposes the invocation
	 */
	static List<Advisor> remaining(Advisor[] advisors) {
		int from = 0;
		List<Advisor> remaining = new ArrayList<>();
		for (int i = 0; i < advisors.length; i++) {
			if (advisors[i] instanceof ProcessBoundary) {
				from = i + 1;
			}
		}
		for (int i = 0; i < from; i++) {
			if (advisors[i] == ExposeInvocationInterceptor.ADVISOR) {
				// Aspects after ours find the invocation through it
				remaining.add(advisors[i]);
				break;
			}
		}
		remaining.addAll(Arrays.asList(advisors).subList(from, advisors.length));
		return remaining;
	}

	boolean belongsTo(Object bean) {
		return this.proxy == bean;
	}

	@Nullable Object invoke(Method method, @Nullable Object[] arguments) throws Throwable {
		Object target = this.targetSource.getTarget();
		Object previous = (this.exposeProxy) ? ExposedProxy.set(this.proxy) : null;
		try {
			Class<?> targetClass = (target != null) ? target.getClass() : null;
			List<Object> chain = this.chains.computeIfAbsent(method,
					(key) -> this.remaining.getInterceptorsAndDynamicInterceptionAdvice(key, targetClass));
			return new Invocation(this.proxy, target, method, arguments, targetClass, chain).proceed();
		}
		finally {
			if (this.exposeProxy) {
				ExposedProxy.set(previous);
			}
			if (target != null && !this.targetSource.isStatic()) {
				this.targetSource.releaseTarget(target);
			}
		}
	}

	/**
	 * An invocation that begins in the middle of a chain.
	 */
	private static final class Invocation extends ReflectiveMethodInvocation {

		@SuppressWarnings("NullAway") // elements of Spring's array are nullable
		Invocation(Object proxy, @Nullable Object target, Method method, @Nullable Object[] arguments,
				@Nullable Class<?> targetClass, List<Object> chain) {
			super(proxy, target, method, arguments, targetClass, chain);
		}

	}

}
