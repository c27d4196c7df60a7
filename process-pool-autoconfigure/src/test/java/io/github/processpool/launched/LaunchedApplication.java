package io.github.processpool.launched;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Defers one call, prints the answer and ends, unless it is to linger.
 */
@SpringBootApplication
public class LaunchedApplication {

	/** The line with the answer begins with it. */
	public static final String ANSWER = "ANSWER ";

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(LaunchedApplication.class, args);
		if (!context.getEnvironment().containsProperty("linger")) {
			context.close();
		}
	}

	@Bean
	ApplicationRunner asker(AnswerService service) {
		return (arguments) -> {
			Answer answer = service.add(40, 2).get(60, TimeUnit.SECONDS);
			String classPath = Base64.getEncoder().encodeToString(answer.classPath().getBytes(StandardCharsets.UTF_8));
			System.out.println(ANSWER + "parent=" + ProcessHandle.current().pid() + " worker=" + answer.pid() + " sum="
					+ answer.sum() + " parentLoader=" + LaunchedApplication.class.getClassLoader().getClass().getName()
					+ " loader=" + answer.classLoader() + " archives=" + answer.archives() + " classPath=" + classPath);
		};
	}

}
