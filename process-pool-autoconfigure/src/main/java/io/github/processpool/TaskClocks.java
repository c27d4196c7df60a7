package io.github.processpool;

import java.util.List;
import java.util.OptionalLong;
import java.util.ServiceLoader;

/**
 * All clocks that there are. They are looked for once.
 */
final class TaskClocks {

	private static final List<TaskClock> ALL = ServiceLoader.load(TaskClock.class, TaskClock.class.getClassLoader())
		.stream()
		.map(ServiceLoader.Provider::get)
		.toList();

	private TaskClocks() {
	}

	/**
	 * The first answer.
	 */
	static OptionalLong remainingNanos() {
		for (TaskClock clock : ALL) {
			OptionalLong nanos = clock.remainingNanos();
			if (nanos.isPresent()) {
				return nanos;
			}
		}
		return OptionalLong.empty();
	}

}
