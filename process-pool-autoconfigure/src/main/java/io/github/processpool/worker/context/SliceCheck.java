package io.github.processpool.worker.context;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Makes the deferred beans of a context that is not whole before any task comes, because
 * a bean or an advice that is missing must show before a method runs. Thread-safe.
 */
final class SliceCheck {

	private static final Logger logger = LoggerFactory.getLogger(SliceCheck.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final ContextSlice slice;

	/** Deferred beans whose advice is known to be right. */
	private final Set<String> checked = ConcurrentHashMap.newKeySet();

	SliceCheck(ConfigurableListableBeanFactory beanFactory, ContextSlice slice) {
		this.beanFactory = beanFactory;
		this.slice = slice;
	}

	/**
	 * Makes the beans and looks at their advice.
	 * @return what the parent compares with its own beans
	 */
	ContextReport report() {
		Map<String, String> missing = new LinkedHashMap<>();
		Map<String, String> failed = new LinkedHashMap<>();
		Map<String, List<String>> deferred = new LinkedHashMap<>();
		for (String name : this.slice.beans().keySet()) {
			try {
				deferred.put(name, BeanAdvice.remaining(this.beanFactory.getBean(name)));
			}
			catch (RuntimeException | LinkageError | StackOverflowError ex) {
				logger.debug("bean '{}' cannot be made", name, ex);
				NoSuchBeanDefinitionException cause = missing(ex);
				if (cause != null) {
					missing.put(name, String.valueOf(cause.getMessage()));
				}
				else {
					failed.put(name, String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex)));
				}
			}
		}
		return new ContextReport(this.beanFactory.getBeanDefinitionCount(), requests(), missing, failed, deferred,
				others());
	}

	/** From now on, whoever asks for what is left out must not go on without it. */
	private List<String> requests() {
		if (!(this.beanFactory instanceof WorkerBeanFactory factory)) {
			return List.of();
		}
		List<String> noted = factory.guard().noted().stream().toList();
		factory.guard().refuse();
		return noted;
	}

	private Map<String, List<String>> others() {
		Map<String, List<String>> others = new LinkedHashMap<>();
		Collection<String> deferred = this.slice.beans().keySet();
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean != null && !deferred.contains(name) && this.beanFactory.containsBeanDefinition(name)) {
				others.put(name, BeanAdvice.withClass(bean));
			}
		}
		return others;
	}

	private static @Nullable NoSuchBeanDefinitionException missing(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof NoSuchBeanDefinitionException found) {
				return found;
			}
		}
		return null;
	}

	/**
	 * Makes sure that a bean has the advice that it has in the parent.
	 * @param name name of a deferred bean
	 * @param bean the bean
	 * @throws ProcessPoolException if it has other advice
	 */
	void require(String name, Object bean) {
		if (this.slice.isWhole() || this.checked.contains(name)) {
			return;
		}
		List<String> expected = this.slice.beans().get(name);
		List<String> actual = BeanAdvice.remaining(bean);
		if (!actual.equals(expected)) {
			throw new ProcessPoolException("Bean '" + name + "' "
					+ ((expected == null) ? "was not known to have deferred methods when this worker was launched"
							: "has other advice in this worker (" + actual + ") than in the application (" + expected
									+ ")")
					+ ". Give workers the whole context: set " + SettingNames.ofThisWorker().of("worker.slim")
					+ " to 'false'");
		}
		this.checked.add(name);
	}

}
