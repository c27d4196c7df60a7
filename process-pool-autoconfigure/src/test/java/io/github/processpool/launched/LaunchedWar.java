package io.github.processpool.launched;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;

/**
 * Starts the application in a server.
 */
public class LaunchedWar extends SpringBootServletInitializer {

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
		return builder.sources(LaunchedApplication.class)
			.properties("process-pool.max-size=1", "process-pool.worker.max-heap=128MB");
	}

}
