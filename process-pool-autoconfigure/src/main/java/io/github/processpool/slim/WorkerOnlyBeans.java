package io.github.processpool.slim;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.processpool.ConditionalOnProcessWorker;

import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Finds the configuration that the application has not but its workers have: the closure
 * knows nothing of what it needs.
 */
final class WorkerOnlyBeans {

	/** Names of the conditions that hold in workers because they do not in the parent. */
	private static final Set<String> CONDITIONS = Set.of("OnProcessWorkerCondition", "OnWebApplicationCondition");

	/** What we have in workers only needs no bean of others. */
	private static final String OURS = "io.github.processpool.autoconfigure.ProcessPool";

	private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9._\\-]+");

	private final ContextBeans beans;

	private final Set<String> properties;

	private final MetadataReaderFactory classFiles;

	/**
	 * Creates a search.
	 * @param beans the application's beans
	 * @param properties names of the properties that workers have of their own
	 */
	WorkerOnlyBeans(ContextBeans beans, Collection<String> properties) {
		this.beans = beans;
		this.properties = properties.stream().map(WorkerOnlyBeans::canonical).collect(Collectors.toSet());
		// Classes of optional libraries may be missing
		this.classFiles = MetadataReaderFactory.create(beans.factory().getBeanClassLoader());
	}

	/**
	 * Finds it.
	 * @return names of classes
	 */
	Set<String> classes() {
		Set<String> found = new LinkedHashSet<>();
		for (Map.Entry<String, ConditionAndOutcomes> entry : ConditionEvaluationReport.get(this.beans.factory())
			.getConditionAndOutcomesBySource()
			.entrySet()) {
			String source = entry.getKey();
			if (source.startsWith(OURS)) {
				continue;
			}
			int method = source.indexOf('#');
			String type = (method > 0) ? source.substring(0, method) : source;
			if (dependsOnProperty(entry.getValue())
					|| (isCandidate(entry.getValue()) && isWorkerOnly(type, source.substring(method + 1)))) {
				found.add(type);
			}
		}
		return found;
	}

	/** A condition that says why it does not hold names the property. */
	private boolean dependsOnProperty(ConditionAndOutcomes outcomes) {
		if (this.properties.isEmpty()) {
			return false;
		}
		for (ConditionAndOutcome outcome : outcomes) {
			if (!outcome.getOutcome().isMatch()) {
				for (String word : words(outcome)) {
					if (this.properties.contains(canonical(word))) {
						return true;
					}
				}
			}
		}
		return false;
	}

	static String[] words(ConditionAndOutcome outcome) {
		return NO_NAME.split(String.valueOf(outcome.getOutcome().getMessage()));
	}

	/**
	 * Reduces the name of a property to what all its spellings share.
	 * @param name a name
	 * @return letters and digits
	 */
	static String canonical(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	private static boolean isCandidate(ConditionAndOutcomes outcomes) {
		for (ConditionAndOutcome outcome : outcomes) {
			if (!outcome.getOutcome().isMatch()
					&& CONDITIONS.contains(outcome.getCondition().getClass().getSimpleName())) {
				return true;
			}
		}
		return false;
	}

	private boolean isWorkerOnly(String type, String method) {
		try {
			AnnotationMetadata metadata = this.classFiles.getMetadataReader(type).getAnnotationMetadata();
			boolean found = isWorkerOnly(metadata);
			for (MethodMetadata candidate : metadata.getDeclaredMethods()) {
				found |= candidate.getMethodName().equals(method) && isWorkerOnly(candidate);
			}
			return found;
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot read class " + type, ex);
		}
	}

	private static boolean isWorkerOnly(AnnotatedTypeMetadata metadata) {
		return metadata.isAnnotated(ConditionalOnNotWebApplication.class.getName())
				|| metadata.isAnnotated(ConditionalOnProcessWorker.class.getName());
	}

}
