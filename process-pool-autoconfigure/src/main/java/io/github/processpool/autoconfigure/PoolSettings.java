package io.github.processpool.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The settings of one pool as they are in force: its own before those of the default
 * pool. Knows under which full name each was set, so that errors can say it.
 */
final class PoolSettings {

	private final List<Level> levels;

	private PoolSettings(List<Level> levels) {
		this.levels = levels;
	}

	static PoolSettings ofDefaultPool(ProcessPoolProperties properties) {
		return new PoolSettings(List.of(new Level(ProcessPoolProperties.PREFIX, properties)));
	}

	static PoolSettings ofNamedPool(String name, ProcessPoolProperties properties) {
		PoolProperties own = properties.getPools().getOrDefault(name, new PoolProperties());
		return new PoolSettings(List.of(new Level(ProcessPoolProperties.PREFIX + ".pools." + name, own),
				new Level(ProcessPoolProperties.PREFIX, properties)));
	}

	/**
	 * Looks a setting up.
	 * @param <T> its type
	 * @param property its name without prefix
	 * @param getter how to read it
	 * @return the setting, whose value is {@code null} if nobody set it
	 */
	<T> Setting<T> get(String property, Function<PoolProperties, @Nullable T> getter) {
		for (Level level : this.levels) {
			T value = getter.apply(level.properties());
			if (value != null) {
				return new Setting<>(level.prefix() + "." + property, value);
			}
		}
		return new Setting<>(this.levels.get(0).prefix() + "." + property, null);
	}

	/**
	 * Merges a map over all levels.
	 * @param getter how to read it
	 * @return the entries, those of the pool itself in the place of inherited ones
	 */
	Map<String, String> merge(Function<PoolProperties, Map<String, String>> getter) {
		Map<String, String> merged = new LinkedHashMap<>();
		for (int i = this.levels.size() - 1; i >= 0; i--) {
			merged.putAll(getter.apply(this.levels.get(i).properties()));
		}
		return merged;
	}

	String prefix() {
		return this.levels.get(0).prefix();
	}

	/**
	 * Whether a setting is the pool's own and not inherited from the default pool.
	 */
	boolean isOwn(Setting<?> setting) {
		return setting.property().startsWith(prefix() + ".");
	}

	/**
	 * Where settings may stand.
	 *
	 * @param prefix what their names begin with
	 * @param properties the settings
	 */
	private record Level(String prefix, PoolProperties properties) {

	}

	/**
	 * A setting.
	 *
	 * @param <T> its type
	 * @param property full name under which it was set, or could be
	 * @param value its value, or {@code null} if nobody set it
	 */
	record Setting<T>(String property, @Nullable T value) {

		T or(T defaultValue) {
			return (this.value != null) ? this.value : defaultValue;
		}

		/**
		 * Reads a value that has to satisfy a condition.
		 * @param defaultValue value if nobody set it
		 * @param condition what holds for a good value
		 * @param range what good values are, such as {@code at least 1}
		 * @return the value
		 */
		T require(T defaultValue, Predicate<T> condition, String range) {
			T effective = or(defaultValue);
			if (!condition.test(effective)) {
				throw invalid("It has to be " + range + ".");
			}
			return effective;
		}

		InvalidConfigurationPropertyValueException invalid(String reason) {
			return new InvalidConfigurationPropertyValueException(this.property, this.value, reason);
		}

		InvalidConfigurationPropertyValueException invalid(String reason, String action) {
			return new InvalidPoolPropertyException(this.property, this.value, reason, action);
		}

	}

}
