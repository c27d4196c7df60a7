package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.processpool.worker.context.AbsentBeans;
import io.github.processpool.worker.context.BeanAdvice;
import io.github.processpool.worker.context.ContextSlice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds the auto-configurations that the workers of a pool cannot need: those without a
 * bean in the closure of the deferred beans. Thread-safe.
 */
public final class SlimPlanner {

	private static final Logger logger = LoggerFactory.getLogger(SlimPlanner.class);

	private static final Set<String> PROFILES = Set.of("springprofilesactive", "springprofilesinclude",
			"springprofilesdefault");

	private final ConfigurableListableBeanFactory beanFactory;

	private final SlimPlan.Choice choice;

	/**
	 * Creates a planner.
	 * @param beanFactory factory of the application's refreshed context
	 * @param choice what the user decides
	 */
	public SlimPlanner(ConfigurableListableBeanFactory beanFactory, SlimPlan.Choice choice) {
		this.beanFactory = beanFactory;
		this.choice = choice;
	}

	/**
	 * Makes the plan.
	 * @param deferred names of the beans whose deferred methods the pool runs
	 * @return the plan
	 */
	public SlimPlan plan(Collection<String> deferred) {
		int definitions = this.beanFactory.getBeanDefinitionCount();
		String reason = obstacle(deferred);
		if (reason != null) {
			return SlimPlan.whole(definitions, reason, false);
		}
		Set<String> excluded = new LinkedHashSet<>(this.choice.exclude());
		AbsentBeans absent = AbsentBeans.NONE;
		if (this.choice.compute()) {
			long start = System.nanoTime();
			ContextBeans beans = new ContextBeans(this.beanFactory);
			BeanOrigins origins = new BeanOrigins(beans);
			BeanConditions conditions = new BeanConditions(beans, origins);
			beans.remove(conditions.absent());
			for (String type : new WorkerOnlyBeans(beans, this.choice.properties()).classes()) {
				return SlimPlan.whole(definitions, "nobody knows what " + type + " needs, which only they have", true);
			}
			NeededBeans needed = new NeededBeans(beans, origins, conditions);
			new WorkerRoots(beans, origins, needed).add(deferred);
			if (needed.obstacle() != null) {
				return SlimPlan.whole(definitions, needed.obstacle(), true);
			}
			LeftOut leftOut = new LeftOut(beans, origins, conditions, needed, Set.copyOf(this.choice.keep()));
			if (needed.obstacle() != null) {
				return SlimPlan.whole(definitions, needed.obstacle(), true);
			}
			excluded.addAll(leftOut.names());
			absent = leftOut.absent();
			logger.debug("plan for {} made in {} ms", deferred, (System.nanoTime() - start) / 1_000_000);
		}
		Map<String, List<String>> advice = new LinkedHashMap<>();
		for (String name : deferred) {
			advice.put(name, BeanAdvice.remaining(this.beanFactory.getBean(name)));
		}
		return new SlimPlan(new ContextSlice(new ArrayList<>(excluded), advice, absent), definitions, null, true);
	}

	/**
	 * Why advice could not be compared.
	 */
	private @Nullable String obstacle(Collection<String> deferred) {
		if (this.choice.properties().stream().map(WorkerOnlyBeans::canonical).anyMatch(PROFILES::contains)) {
			return "they have profiles of their own";
		}
		if (this.beanFactory.getParentBeanFactory() != null) {
			return "the context has a parent";
		}
		if (deferred.isEmpty()) {
			return "no bean is known to have deferred methods";
		}
		for (String name : deferred) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean == null) {
				return "bean '" + name + "' has not been made yet";
			}
			if (this.beanFactory.isFactoryBean(name) || BeanAdvice.isOpaque(bean)) {
				return "the advice of bean '" + name + "' cannot be told";
			}
		}
		return null;
	}

}
