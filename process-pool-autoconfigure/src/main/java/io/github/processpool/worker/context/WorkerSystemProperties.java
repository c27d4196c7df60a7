package io.github.processpool.worker.context;

import java.util.Map;
import java.util.Set;

import org.springframework.core.SpringProperties;

/**
 * System properties of the worker. What stands on the worker's own command line is never
 * changed: it is how a user overrides us.
 */
final class WorkerSystemProperties {

	private WorkerSystemProperties() {
	}

	/**
	 * Sets the parent's properties and our own.
	 * @param parent properties from the parent's command line
	 * @return names of the properties that the worker was launched with
	 */
	static Set<String> apply(Map<String, String> parent) {
		Set<String> own = Set.copyOf(System.getProperties().stringPropertyNames());
		parent.forEach((name, value) -> {
			if (!own.contains(name)) {
				System.setProperty(name, value);
			}
		});
		// DevTools reads it before there is an environment and would restart main
		System.setProperty("spring.devtools.restart.enabled", "false");
		// Classes made ahead of time expect the parent's kind of context
		System.setProperty("spring.aot.enabled", "false");
		SpringProperties.setProperty("spring.aot.enabled", "false");
		// It loads classes that a worker may never need, on a second core
		System.setProperty("spring.backgroundpreinitializer.ignore", "true");
		return own;
	}

}
