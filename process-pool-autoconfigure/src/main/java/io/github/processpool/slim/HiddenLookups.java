package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What parts of Spring look up by type when they are used, without an injection point
 * that would tell.
 */
final class HiddenLookups {

	/** By class of an advice or of a bean. */
	private static final Map<String, List<String>> LOOKUPS = Map.of(
			"org.springframework.transaction.interceptor.TransactionAspectSupport",
			List.of("org.springframework.transaction.TransactionManager"),
			"org.springframework.cache.interceptor.CacheAspectSupport",
			List.of("org.springframework.cache.CacheManager", "org.springframework.cache.interceptor.CacheResolver",
					"org.springframework.cache.interceptor.KeyGenerator",
					"org.springframework.cache.interceptor.CacheErrorHandler"),
			"org.springframework.cache.jcache.interceptor.JCacheAspectSupport",
			List.of("org.springframework.cache.CacheManager", "org.springframework.cache.interceptor.CacheResolver",
					"org.springframework.cache.interceptor.KeyGenerator"),
			"org.springframework.aop.interceptor.AsyncExecutionAspectSupport",
			List.of("java.util.concurrent.Executor", "org.springframework.scheduling.annotation.AsyncConfigurer"),
			"org.springframework.dao.support.PersistenceExceptionTranslationInterceptor",
			List.of("org.springframework.dao.support.PersistenceExceptionTranslator"),
			"org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport",
			List.of("org.springframework.data.spel.spi.EvaluationContextExtension",
					"org.springframework.dao.support.PersistenceExceptionTranslator",
					"org.springframework.transaction.TransactionManager"),
			"org.springframework.orm.jpa.AbstractEntityManagerFactoryBean",
			List.of("jakarta.persistence.AttributeConverter"),
			"org.springframework.context.event.EventListenerMethodProcessor",
			List.of("org.springframework.context.event.EventListenerFactory"));

	/** The bean may get it from a post-processor of whose advice nobody knows yet. */
	private static final List<String> OF_ADVICE = List.of("java.util.concurrent.Executor",
			"org.springframework.dao.support.PersistenceExceptionTranslator");

	private HiddenLookups() {
	}

	/**
	 * What an object looks up.
	 * @param type class of a bean or an advice
	 * @return names of types
	 */
	static List<String> of(Class<?> type) {
		List<String> found = new ArrayList<>();
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			found.addAll(LOOKUPS.getOrDefault(current.getName(), List.of()));
		}
		return found;
	}

	/**
	 * What the advice of a bean that has not been made yet may look up, beyond that which
	 * beans of its own look up.
	 * @return names of types
	 */
	static List<String> ofAnyAdvice() {
		return OF_ADVICE;
	}

	/**
	 * Names of all classes that occur, which have to exist.
	 */
	static List<String> classNames() {
		List<String> names = new ArrayList<>(LOOKUPS.keySet());
		LOOKUPS.values().forEach(names::addAll);
		return names;
	}

}
