package io.github.processpool.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Takes PDF documents and has their text and thumbnails made in workers.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

	public static void main(String[] args) {
		// Without it the job table would be offered to the whole network
		System.setProperty("h2.bindAddress", "localhost");
		SpringApplication.run(SampleApplication.class, args);
	}

}
