package io.github.processpool.benchmarks.calls;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small record as applications have them.
 *
 * @param id a number
 * @param name a short text
 * @param price a fraction
 * @param available whether
 */
public record Item(long id, String name, double price, boolean available) implements Serializable {

	static List<Item> list(int count) {
		return IntStream.range(0, count)
			.mapToObj((number) -> new Item(number, "item number " + number, number * 1.1, number % 2 == 0))
			.toList();
	}

}
