package io.github.processpool.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Finds beans that only exist in this JVM's memory: mocks, and connection details of a
 * container that a test or Docker Compose has started.
 */
final class TestReplacements {

	private static final Logger logger = LoggerFactory.getLogger(TestReplacements.class);

	private static final List<String> CONTAINER_CONNECTIONS = List.of("org.springframework.boot.testcontainers.",
			"org.springframework.boot.docker.compose.");

	private static final String MOCK = "$MockitoMock$";

	private TestReplacements() {
	}

	/**
	 * Refuses what a worker would quietly replace by something else.
	 * @param beanFactory beans of the application
	 * @throws IllegalStateException if a bean cannot cross
	 */
	static void check(ConfigurableListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanNamesForType(ConnectionDetails.class, true, false)) {
			if (isOfContainer(beanFactory.getType(name, false))) {
				throw new IllegalStateException("Connection details '" + name + "' cannot cross to a worker: "
						+ "they come from a container started by this JVM and not from a property. "
						+ "Publish the connection as properties (for example by @DynamicPropertySource), "
						+ "or set 'process-pool.mode=inline'");
			}
		}
		List<String> mocks = new ArrayList<>();
		for (String name : beanFactory.getSingletonNames()) {
			Object bean = beanFactory.getSingleton(name);
			if (bean != null && bean.getClass().getName().contains(MOCK)) {
				mocks.add(name);
			}
		}
		if (!mocks.isEmpty()) {
			logger.warn("Workers use the real beans instead of the mocks {}. "
					+ "Set 'process-pool.mode=inline' where deferred methods need a mock", mocks);
		}
	}

	private static boolean isOfContainer(@Nullable Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (CONTAINER_CONNECTIONS.stream().anyMatch(current.getName()::startsWith)) {
				return true;
			}
		}
		return false;
	}

}
