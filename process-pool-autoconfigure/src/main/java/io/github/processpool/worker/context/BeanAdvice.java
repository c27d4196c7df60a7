package io.github.processpool.worker.context;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.aspectj.AspectJPrecedenceInformation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * Describes the advice around beans so that it can be compared between two JVMs.
 */
public final class BeanAdvice {

	/** What the text for a class begins with. */
	public static final String CLASS = "class ";

	/** What nobody can look into. */
	private static final String OPAQUE = "an opaque proxy";

	private BeanAdvice() {
	}

	/**
	 * All advice of a bean.
	 * @param bean a bean
	 * @return one text for each advisor, in order; none for a bean without advice
	 */
	public static List<String> all(Object bean) {
		if (bean instanceof Advised advised) {
			return describe(Arrays.asList(advised.getAdvisors()));
		}
		return (bean instanceof SpringProxy) ? List.of(OPAQUE) : List.of();
	}

	/**
	 * What tells a bean from another one that might stand in its place.
	 * @param bean a bean
	 * @return its class, then all its advice
	 */
	public static List<String> withClass(Object bean) {
		List<String> texts = new ArrayList<>();
		texts.add(CLASS + name(AopProxyUtils.ultimateTargetClass(bean)));
		texts.addAll(all(bean));
		return texts;
	}

	/**
	 * The advice of a deferred bean that a worker runs.
	 * @param bean a bean
	 * @return one text for each advisor behind that of deferred methods, in order
	 */
	public static List<String> remaining(Object bean) {
		return (bean instanceof Advised advised) ? describe(RemainingAdvice.remaining(advised.getAdvisors()))
				: all(bean);
	}

	/**
	 * Whether a bean has advice that cannot be told.
	 * @param bean a bean
	 * @return {@code true} for an opaque proxy
	 */
	public static boolean isOpaque(Object bean) {
		return bean instanceof SpringProxy && !(bean instanceof Advised);
	}

	private static List<String> describe(List<Advisor> advisors) {
		List<String> texts = new ArrayList<>();
		for (Advisor advisor : advisors) {
			Advice advice = advisor.getAdvice();
			texts.add((advice instanceof AspectJPrecedenceInformation) ? advice.toString()
					: name(advisor.getClass()) + " with " + name(advice.getClass()));
		}
		return texts;
	}

	/** Names of generated classes differ between two JVMs. */
	private static String name(@Nullable Class<?> type) {
		if (type == null) {
			return "nothing";
		}
		if (Proxy.isProxyClass(type)) {
			return Arrays.toString(type.getInterfaces());
		}
		int generated = type.getName().indexOf("$$");
		return (generated > 0) ? type.getName().substring(0, generated) : type.getName();
	}

}
