package io.github.processpool.benchmarks.realistic;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * An application of an ordinary size: web, actuator, JPA, Flyway, a schedule, a cache. It
 * defers a report that is made with plain JDBC.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableCaching
@EnableScheduling
public class RealisticApplication {

	/**
	 * Starts the application.
	 * @param args its properties
	 */
	public static void main(String[] args) {
		// Not 'application', which would be found by the runner of the benchmarks too
		new SpringApplicationBuilder(RealisticApplication.class).properties("spring.config.name=realistic").run(args);
	}

}
