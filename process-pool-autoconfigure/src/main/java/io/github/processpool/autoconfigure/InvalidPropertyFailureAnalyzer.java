package io.github.processpool.autoconfigure;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains values of our properties. Spring Boot's own analyzer finds a value only under
 * the very name, so it is silent about lists, environment variables and what is missing.
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
		Object value = cause.getValue();
		String fact = (value != null) ? "has the value '" + value + "'" : "is not set";
		Origin origin = origin(name);
		return new FailureAnalysis(
				"Property '" + name + "' " + fact + ((origin != null) ? " (" + origin + ")" : "") + ". "
						+ cause.getReason(),
				(value != null) ? "Change the value of '" + name + "'." : "Set '" + name + "'.", cause);
	}

	private @Nullable Origin origin(String name) {
		if (this.environment == null || !ConfigurationPropertyName.isValid(name)) {
			return null;
		}
		ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = Stream.of(property, property.append("[0]"))
				.map(source::getConfigurationProperty)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
			if (found != null) {
				return found.getOrigin();
			}
		}
		return null;
	}

}
