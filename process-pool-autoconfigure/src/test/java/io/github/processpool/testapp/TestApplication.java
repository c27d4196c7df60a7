package io.github.processpool.testapp;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.ApplicationPidFileWriter;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Has something of everything that acts by itself.
 */
@SpringBootApplication
@EnableAsync
@EnableCaching
@EnableScheduling
public class TestApplication {

	/**
	 * Runs the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		System.setProperty("testapp.from-main", "set in main");
		new SpringApplicationBuilder(TestApplication.class).properties("spring.config.name=testapp")
			.listeners(new ApplicationPidFileWriter())
			.run(args);
	}

}
