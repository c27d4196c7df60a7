package io.github.processpool.slim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.processpool.ContextPropagator;
import io.github.processpool.worker.context.AbsentBeans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcome;
import org.springframework.context.ApplicationListener;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * Decides which auto-configurations are left out, and knows what a worker does not have
 * then. Confined to one thread.
 */
final class LeftOut {

	private static final Logger logger = LoggerFactory.getLogger(LeftOut.class);

	/**
	 * Asked for in every context. Those that are left out do nothing in a worker.
	 */
	private static final Set<Class<?>> ALWAYS_ASKED_FOR = Set.of(Object.class, BeanPostProcessor.class,
			BeanFactoryPostProcessor.class, ApplicationListener.class, ContextPropagator.class);

	/** Of Boot, which does not publish it. */
	static final String CLASS_CONDITION = "OnClassCondition";

	private final ContextBeans beans;

	private final BeanOrigins origins;

	private final BeanConditions conditions;

	private final NeededBeans needed;

	private final Set<String> keep;

	private final Set<String> names = new LinkedHashSet<>();

	/** Where those come from that workers do not have, by name. */
	private Map<String, String> absent = Map.of();

	/**
	 * Decides.
	 * @param beans all beans that workers could have
	 * @param origins where they come from
	 * @param conditions what they depend on
	 * @param needed what workers need, to which more is added
	 * @param keep names of auto-configurations that are never left out
	 */
	LeftOut(ContextBeans beans, BeanOrigins origins, BeanConditions conditions, NeededBeans needed, Set<String> keep) {
		this.beans = beans;
		this.origins = origins;
		this.conditions = conditions;
		this.needed = needed;
		this.keep = keep;
		Map<String, Set<String>> blocking = new BlockingBeans(beans).all();
		Set<String> missed;
		do {
			decide();
			missed = missed(blocking);
			needed.addDefined(missed);
		}
		while (!missed.isEmpty());
	}

	private void decide() {
		KeptAutoConfigurations kept = new KeptAutoConfigurations(this.beans, this.origins, this.needed);
		this.names.clear();
		for (String name : this.origins.all()) {
			String why = this.keep.contains(name) ? "the user wants it" : kept.reason(name);
			logger.debug("{} {}", name, (why != null) ? "stays: " + why : "is left out");
			if (why == null) {
				this.names.add(name);
			}
		}
		this.names.addAll(withoutEffect());
		this.absent = findAbsent(kept);
	}

	/**
	 * Those that did nothing in the application either, because of a condition other than
	 * one for a class, which needs no reading.
	 */
	private Set<String> withoutEffect() {
		Set<String> found = new LinkedHashSet<>();
		ConditionEvaluationReport.get(this.beans.factory())
			.getConditionAndOutcomesBySource()
			.forEach((source, outcomes) -> {
				if (!outcomes.isFullMatch() && this.origins.isCandidate(source)
						&& this.origins.beansOf(source).isEmpty() && !this.keep.contains(source)
						&& outcomes.stream().noneMatch(LeftOut::isForClass)) {
					found.add(source);
				}
			});
		return found;
	}

	private static boolean isForClass(ConditionAndOutcome outcome) {
		return !outcome.getOutcome().isMatch()
				&& outcome.getCondition().getClass().getSimpleName().equals(CLASS_CONDITION);
	}

	private Map<String, String> findAbsent(KeptAutoConfigurations kept) {
		Map<String, String> found = new LinkedHashMap<>();
		for (String name : this.beans.names()) {
			String origin = this.origins.of(name);
			origin = (origin != null) ? origin : kept.onlyOwner(name, this.names);
			if (origin != null && this.names.contains(origin)) {
				found.put(name, origin);
			}
		}
		// Without them, others may not be defined either
		int before;
		do {
			before = found.size();
			for (String name : this.beans.names()) {
				if (!found.containsKey(name) && !this.needed.contains(name)) {
					this.conditions.of(name)
						.stream()
						.filter(found::containsKey)
						.findFirst()
						.ifPresent((other) -> found.put(name, found.getOrDefault(other, "")));
				}
			}
		}
		while (found.size() > before);
		return found;
	}

	/**
	 * What has to stay so that nothing is defined in its place.
	 */
	private Set<String> missed(Map<String, Set<String>> blocking) {
		Set<String> missed = new LinkedHashSet<>();
		blocking.forEach((type, blockers) -> {
			String origin = this.origins.ofClass(type);
			if (origin == null || !this.names.contains(origin)) {
				blockers.stream()
					.filter((name) -> this.absent.containsKey(name) && !this.needed.contains(name))
					.forEach(missed::add);
			}
		});
		return missed;
	}

	/**
	 * What is left out.
	 * @return names of auto-configurations
	 */
	Set<String> names() {
		return this.names;
	}

	/**
	 * What workers do not have.
	 * @return the beans
	 */
	AbsentBeans absent() {
		Map<String, String> types = new LinkedHashMap<>();
		this.absent.forEach((name, origin) -> {
			for (Class<?> type : this.beans.types(name)) {
				addTypes(ClassUtils.getUserClass(type), origin, types);
			}
		});
		return new AbsentBeans(this.absent, types);
	}

	private static void addTypes(Class<?> type, String origin, Map<String, String> types) {
		Set<Class<?>> all = new LinkedHashSet<>(ClassUtils.getAllInterfacesForClassAsSet(type));
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			all.add(current);
		}
		all.removeAll(ALWAYS_ASKED_FOR);
		all.forEach((current) -> types.putIfAbsent(current.getName(), origin));
		for (MergedAnnotation<?> annotation : (List<MergedAnnotation<?>>) annotations(type)) {
			types.putIfAbsent(annotation.getType().getName(), origin);
		}
	}

	private static List<MergedAnnotation<?>> annotations(Class<?> type) {
		return MergedAnnotations.from(type).stream().<MergedAnnotation<?>>map((annotation) -> annotation).toList();
	}

}
