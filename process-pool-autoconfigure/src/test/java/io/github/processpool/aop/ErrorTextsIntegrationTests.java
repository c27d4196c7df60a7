package io.github.processpool.aop;

import java.awt.Point;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPoolException;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the callers of deferred methods read when something is wrong with their
 * values.
 */
class ErrorTextsIntegrationTests {

	private static final String TASK = "Task 'ErrorTextsIntegrationTests$Shapes.";

	@Test
	void textsShouldNameParameterAndPropertyWhereverTheyAreMade() {
		SpringApplication application = new SpringApplication(App.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--process-pool.pools.shapes.max-size=1",
				"--process-pool.pools.shapes.max-payload-size=100KB", "--process-pool.worker.max-heap=96MB",
				"--process-pool.worker.context=none", "--process-pool.serialization.codec=jdk",
				"--process-pool.task-timeout=60s", "--process-pool.shutdown-timeout=5s",
				"--spring.main.banner-mode=off")) {
			Shapes shapes = context.getBean(Shapes.class);
			assertThat(shapes.area(1, new int[0])).isZero();
			assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> shapes.area(1, new Trap()))
				.withMessage(TASK + "area': parameter 'shape' cannot be read: that failed with"
						+ " java.lang.IllegalStateException: trap");
			assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> shapes.area(1, new Point()))
				.withMessage(TASK + "area': parameter 'shape' cannot be sent: java.awt.Point is refused by the filter."
						+ " Add it to 'process-pool.pools.shapes.serialization.allow' if it may be sent.");
			assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> shapes.corner())
				.withMessage(TASK + "corner': the result cannot be sent: java.awt.Point is refused by the filter."
						+ " Add it to 'process-pool.pools.shapes.serialization.allow' if it may be sent.");
			assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> shapes.picture(200_000))
				.withMessage(TASK + "picture': the result does not fit into 102400 bytes."
						+ " Raise 'process-pool.pools.shapes.max-payload-size', or send less.");
			assertThatExceptionOfType(TaskTimeoutException.class).isThrownBy(() -> shapes.slow())
				.withMessageContaining(" and is stopped. Raise 'taskTimeout' of @DeferToProcess at "
						+ "ErrorTextsIntegrationTests$Shapes.slow if it needs more time");
			assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> context.getBean(Needy.class).any())
				.withMessageEndingWith(
						"make the method static, or set 'process-pool.pools.shapes.worker.context' to 'application' or"
								+ " 'configuration'");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, ProcessPoolAutoConfiguration.class })
	static class App {

		@Bean
		Shapes shapes() {
			return new Shapes();
		}

		@Bean
		Needy needy() {
			return new Needy("need");
		}

	}

	@DeferToProcess(pool = "shapes")
	static class Shapes {

		public int area(int scale, Object shape) {
			return 0;
		}

		public Object corner() {
			return new Point();
		}

		public byte[] picture(int size) {
			return new byte[size];
		}

		@DeferToProcess(pool = "shapes", taskTimeout = "300ms")
		public String slow() throws InterruptedException {
			Thread.sleep(Duration.ofSeconds(60).toMillis());
			return "slept";
		}

	}

	static final class Trap implements Serializable {

		private static final long serialVersionUID = 1L;

		private void readObject(ObjectInputStream in) {
			throw new IllegalStateException("trap");
		}

	}

	static class Needy {

		Needy(String need) {
		}

		@DeferToProcess(pool = "shapes")
		public String any() {
			return "";
		}

	}

}
