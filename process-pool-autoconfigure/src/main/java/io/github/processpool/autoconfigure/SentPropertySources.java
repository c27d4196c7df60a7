package io.github.processpool.autoconfigure;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.processpool.worker.context.SentPropertySource;
import io.github.processpool.worker.context.SentPropertySource.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds what a worker cannot read by itself from working directory, environment variables
 * and configuration files.
 */
final class SentPropertySources {

	/** Made by every JVM for itself. */
	private static final Set<String> OWN = Set.of("configurationProperties", "random", "applicationInfo", "devtools");

	private static final String PREFIX = "process-pool.";

	private SentPropertySources() {
	}

	/**
	 * Property sources of the whole application.
	 * @param environment its environment
	 * @return the sources with their properties as they are now, in order of precedence
	 */
	static List<SentPropertySource> ofApplication(ConfigurableEnvironment environment) {
		List<SentPropertySource> sent = new ArrayList<>();
		Position position = Position.BEFORE_SYSTEM_PROPERTIES;
		for (PropertySource<?> source : environment.getPropertySources()) {
			String name = source.getName();
			if (isOfJvm(source)) {
				position = Position.BEFORE_CONFIGURATION_FILES;
			}
			else if (DefaultPropertiesPropertySource.hasMatchingName(source)) {
				add(sent, source, Position.DEFAULTS);
			}
			else if (source instanceof OriginLookup<?>) {
				// Only what is read from a file or from a variable knows its origin
				if (position == Position.BEFORE_CONFIGURATION_FILES) {
					position = Position.AFTER_CONFIGURATION_FILES;
				}
			}
			else if (!OWN.contains(name)) {
				add(sent, source, position);
			}
		}
		return sent;
	}

	/**
	 * Our own properties only.
	 * @param environment environment of the application
	 * @return at most one source, with values as the application sees them
	 */
	static List<SentPropertySource> ofProcessPool(ConfigurableEnvironment environment) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable && !isOfJvm(source)) {
				for (String name : enumerable.getPropertyNames()) {
					String value = (name.startsWith(PREFIX)) ? environment.getProperty(name) : null;
					if (value != null) {
						properties.put(name, value);
					}
				}
			}
		}
		return (properties.isEmpty()) ? List.of()
				: List.of(new SentPropertySource(PREFIX + "*", Position.BEFORE_SYSTEM_PROPERTIES, properties));
	}

	private static boolean isOfJvm(PropertySource<?> source) {
		return source instanceof SystemEnvironmentPropertySource
				|| source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
	}

	private static void add(List<SentPropertySource> sent, PropertySource<?> source, Position position) {
		if (!(source instanceof EnumerablePropertySource<?> enumerable)) {
			return;
		}
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String name : enumerable.getPropertyNames()) {
			Object value = toSend(enumerable.getProperty(name));
			if (value != null) {
				properties.put(name, value);
			}
		}
		if (!properties.isEmpty()) {
			sent.add(new SentPropertySource(source.getName(), position, properties));
		}
	}

	private static @Nullable Object toSend(@Nullable Object value) {
		if (value instanceof OriginTrackedValue tracked) {
			return toSend(tracked.getValue());
		}
		if (value == null || value instanceof Integer || value instanceof Long || value instanceof Double
				|| value instanceof Boolean) {
			return value;
		}
		if (value instanceof Collection<?> collection) {
			return toSend(collection);
		}
		if (value.getClass().isArray()) {
			List<@Nullable Object> elements = new ArrayList<>();
			for (int i = 0; i < Array.getLength(value); i++) {
				elements.add(Array.get(value, i));
			}
			return toSend(elements);
		}
		if (value instanceof Class<?> type) {
			return type.getName();
		}
		return (value instanceof Enum<?> constant) ? constant.name() : value.toString();
	}

	private static List<Object> toSend(Collection<? extends @Nullable Object> collection) {
		List<Object> values = new ArrayList<>();
		for (Object element : collection) {
			Object value = toSend(element);
			if (value != null) {
				values.add(value);
			}
		}
		return values;
	}

}
