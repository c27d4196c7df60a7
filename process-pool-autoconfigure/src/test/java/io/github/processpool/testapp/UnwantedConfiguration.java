package io.github.processpool.testapp;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Belongs to no test: the component scan of a test's context leaves it out.
 */
@TestConfiguration(proxyBeanMethods = false)
class UnwantedConfiguration {

	@Bean
	String unwanted() {
		return "unwanted";
	}

}
