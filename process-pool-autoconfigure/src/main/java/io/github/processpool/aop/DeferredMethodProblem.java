package io.github.processpool.aop;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a deferred method can never work.
 *
 * @param beanName name of the bean
 * @param method the method with the types of its parameters
 * @param problem what is wrong, as the end of a sentence
 * @param remedy what to do about it, a sentence
 */
public record DeferredMethodProblem(String beanName, String method, String problem, String remedy) {

	static DeferredMethodProblem unknownPool(String beanName, String method, String pool, Set<String> known) {
		return new DeferredMethodProblem(beanName, method,
				"there is no pool '" + pool + "', only " + known.stream().collect(Collectors.joining("', '", "'", "'")),
				"Define it with process-pool.pools." + pool + ".* or name one of the others.");
	}

	/**
	 * The problem as a sentence.
	 * @return bean, method and problem
	 */
	public String describe() {
		return "Bean '" + this.beanName + "', method " + this.method + ": " + this.problem + ".";
	}

}
