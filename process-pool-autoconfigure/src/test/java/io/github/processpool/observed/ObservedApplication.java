package io.github.processpool.observed;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/**
 * An application whose workers are watched.
 */
@SpringBootApplication(exclude = FlywayAutoConfiguration.class)
public class ObservedApplication {

}
