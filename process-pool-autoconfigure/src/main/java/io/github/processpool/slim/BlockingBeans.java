package io.github.processpool.slim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;

/**
 * Knows the beans because of which others are not defined, such as defaults that give way
 * to them. Without the former a worker would have the latter, and the application has
 * not.
 */
final class BlockingBeans {

	/** By the configuration class that would define another bean, or that is skipped. */
	private final Map<String, Set<String>> blocking = new LinkedHashMap<>();

	BlockingBeans(ContextBeans beans) {
		ConditionEvaluationReport.get(beans.factory()).getConditionAndOutcomesBySource().forEach((source, outcomes) -> {
			int method = source.indexOf('#');
			String type = (method > 0) ? source.substring(0, method) : source;
			Set<String> names = named(outcomes, beans);
			if (!names.isEmpty()) {
				this.blocking.computeIfAbsent(type, (key) -> new LinkedHashSet<>()).addAll(names);
			}
		});
	}

	/** A condition that says why it does not hold names the beans. */
	private static Set<String> named(ConditionAndOutcomes outcomes, ContextBeans beans) {
		Set<String> names = new LinkedHashSet<>();
		for (ConditionAndOutcome outcome : outcomes) {
			if (!outcome.getOutcome().isMatch()) {
				for (String word : WorkerOnlyBeans.words(outcome)) {
					if (beans.contains(word)) {
						names.add(word);
					}
				}
			}
		}
		return names;
	}

	/**
	 * The blocking beans.
	 * @return their names by the class that they keep something from
	 */
	Map<String, Set<String>> all() {
		return this.blocking;
	}

}
