package io.github.processpool.worker.context;

import java.util.List;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.event.ApplicationContextEvent;

/**
 * The events of contexts and of Boot. To a listener they mean that the application starts
 * or ends, and it does neither in a worker.
 */
public final class LifecycleEvents {

	private static final List<Class<?>> TYPES = List.of(ApplicationContextEvent.class, SpringApplicationEvent.class,
			AvailabilityChangeEvent.class);

	private static final String WEB_SERVER_EVENTS = "org.springframework.boot.web.server.context.";

	private LifecycleEvents() {
	}

	/**
	 * Whether workers have no event of a type.
	 * @param event class of an event
	 * @return {@code true} for those that are withheld from listeners
	 */
	public static boolean include(Class<?> event) {
		return TYPES.stream().anyMatch((type) -> type.isAssignableFrom(event))
				|| event.getName().startsWith(WEB_SERVER_EVENTS);
	}

}
