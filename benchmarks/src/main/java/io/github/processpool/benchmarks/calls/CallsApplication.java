package io.github.processpool.benchmarks.calls;

import java.util.Map;

import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * An application with nothing but the {@linkplain CallsService bean that is measured}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class })
@Import(CallsService.class)
public class CallsApplication {

	/**
	 * Starts the application as its workers do.
	 * @param args properties as {@code --name=value}
	 */
	public static void main(String[] args) {
		run(Map.of(), args);
	}

	/**
	 * Starts the application.
	 * @param properties its properties
	 * @param args more of them, as {@code --name=value}
	 * @return its context
	 */
	public static ConfigurableApplicationContext run(Map<String, Object> properties, String... args) {
		SpringApplication application = new SpringApplication(CallsApplication.class);
		application.setMainApplicationClass(CallsApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setDefaultProperties(properties);
		return application.run(args);
	}

}
