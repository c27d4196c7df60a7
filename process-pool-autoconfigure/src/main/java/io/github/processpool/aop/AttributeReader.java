package io.github.processpool.aop;

import java.time.Duration;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPools;
import io.github.processpool.TaskOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * Reads the attributes of {@link DeferToProcess}: placeholders, durations, ranges. What
 * cannot be read is reported and then taken as not set.
 */
final class AttributeReader {

	private static final String DURATION_REMEDY = "Write it as \"30s\", \"PT30S\" or a placeholder, "
			+ "or \"0\" for no timeout.";

	private final StringValueResolver placeholders;

	AttributeReader(StringValueResolver placeholders) {
		this.placeholders = placeholders;
	}

	String pool(MergedAnnotation<DeferToProcess> annotation, Problems problems) {
		String name = text(annotation, "pool", problems);
		return StringUtils.hasText(name) ? name : ProcessPools.DEFAULT;
	}

	TaskOptions options(MergedAnnotation<DeferToProcess> annotation, Problems problems) {
		Duration taskTimeout = duration(annotation, "taskTimeout", problems);
		Duration queueTimeout = duration(annotation, "queueTimeout", problems);
		int maxAttempts = annotation.getInt("maxAttempts");
		if (maxAttempts < 1) {
			problems.report("attribute 'maxAttempts' is " + maxAttempts, "Set it to at least 1.");
			maxAttempts = 1;
		}
		return new TaskOptions(taskTimeout, queueTimeout, annotation.getBoolean("idempotent"), maxAttempts, null);
	}

	private @Nullable Duration duration(MergedAnnotation<DeferToProcess> annotation, String attribute,
			Problems problems) {
		String text = text(annotation, attribute, problems);
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			Duration duration = DurationStyle.detectAndParse(text.trim());
			if (!duration.isNegative()) {
				return duration;
			}
			problems.report("attribute '" + attribute + "' is negative: '" + text + "'", DURATION_REMEDY);
		}
		catch (RuntimeException ex) {
			problems.report("attribute '" + attribute + "' is not a duration: '" + text + "'", DURATION_REMEDY);
		}
		return null;
	}

	private @Nullable String text(MergedAnnotation<DeferToProcess> annotation, String attribute, Problems problems) {
		String text = annotation.getString(attribute);
		String resolved = resolve(text);
		if (resolved != null && resolved.contains("${")) {
			problems.report("attribute '" + attribute + "' has a placeholder without a value: '" + text + "'",
					"Define the property or give the placeholder a default, as in \"${reports.timeout:30s}\".");
			return null;
		}
		return resolved;
	}

	/**
	 * Some resolvers refuse what they cannot resolve, others leave it as it is.
	 */
	private @Nullable String resolve(String text) {
		try {
			return this.placeholders.resolveStringValue(text);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

	/**
	 * Takes what is wrong with a deferred method.
	 */
	@FunctionalInterface
	interface Problems {

		/**
		 * Reports a problem.
		 * @param problem what is wrong, continuing a sentence that names bean and method
		 * @param remedy what to do about it, a sentence
		 */
		void report(String problem, String remedy);

	}

}
