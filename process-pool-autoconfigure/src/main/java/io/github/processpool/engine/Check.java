package io.github.processpool.engine;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Refuses arguments that cannot be, in words that name them.
 */
final class Check {

	private Check() {
	}

	static int atLeast(int least, int value, String name) {
		if (value < least) {
			throw new IllegalArgumentException(name + " is " + value + " but has to be at least " + least);
		}
		return value;
	}

	static long positive(long value, String name) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + " is " + value + " but has to be positive");
		}
		return value;
	}

	static long noLimitOrMore(long value, String name) {
		if (value < 0) {
			throw new IllegalArgumentException(
					name + " is " + value + " but has to be at least 0, where 0 means no limit");
		}
		return value;
	}

	static Duration notNegative(Duration value, String name) {
		if (given(value, name).isNegative()) {
			throw new IllegalArgumentException(name + " is " + value + " but must not be negative");
		}
		return value;
	}

	/** The caller's code may know nothing of nullness. */
	static <T> T given(@Nullable T value, String name) {
		if (value == null) {
			throw new IllegalArgumentException(name + " is null but has to be given");
		}
		return value;
	}

	static List<String> all(String[] values, String name) {
		for (int i = 0; i < given(values, name).length; i++) {
			given(values[i], "element " + i + " of " + name);
		}
		return List.of(values);
	}

}
