package io.github.processpool.autoconfigure;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains values of our properties, as the user wrote them. Spring Boot's own analyzer
 * finds a value only under the very name, so it is silent about lists, environment
 * variables and what is missing.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 1)
final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private final @Nullable Environment environment;

	InvalidPropertyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		String name = cause.getName();
		if (!name.startsWith(ProcessPoolProperties.PREFIX + ".")) {
			return null;
		}
		return new FailureAnalysis(describe(name, cause.getValue()) + ". " + cause.getReason(), action(cause), cause);
	}

	private static String action(InvalidConfigurationPropertyValueException cause) {
		if (cause instanceof InvalidPoolPropertyException invalid) {
			return invalid.getAction();
		}
		return (cause.getValue() != null) ? "Change the value of '" + cause.getName() + "'."
				: "Set '" + cause.getName() + "'.";
	}

	private String describe(String name, @Nullable Object value) {
		if (value == null) {
			return "Property '" + name + "' is not set";
		}
		ConfigurationProperty written = find(name);
		if (written == null) {
			return "Property '" + name + "' has the value '" + value + "'";
		}
		// Elements of a list are one by one or all in one text
		boolean whole = written.getName().equals(ConfigurationPropertyName.of(name)) || value instanceof Map;
		return "Property '" + (whole ? written.getName() : name) + "' has the value '"
				+ (whole ? text(written.getValue()) : value) + "' (" + written.getOrigin() + ")";
	}

	private String text(Object written) {
		if (this.environment == null || !(written instanceof String text)) {
			return String.valueOf(written);
		}
		String resolved = this.environment.resolvePlaceholders(text);
		return resolved.equals(text) ? text : resolved + "', written as '" + text;
	}

	private @Nullable ConfigurationProperty find(String name) {
		if (this.environment == null || !ConfigurationPropertyName.isValid(name)) {
			return null;
		}
		ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = names(property, source).map(source::getConfigurationProperty)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/**
	 * The property, the first element of the list that it is, the list that it is an
	 * element of, or what is below it.
	 */
	private static Stream<ConfigurationPropertyName> names(ConfigurationPropertyName property,
			ConfigurationPropertySource source) {
		Stream<ConfigurationPropertyName> names = Stream.of(property, property.append("[0]"));
		if (property.isLastElementIndexed()) {
			names = Stream.concat(names, Stream.of(property.getParent()));
		}
		return (source instanceof IterableConfigurationPropertySource iterable)
				? Stream.concat(names, iterable.stream().filter(property::isAncestorOf)) : names;
	}

}
