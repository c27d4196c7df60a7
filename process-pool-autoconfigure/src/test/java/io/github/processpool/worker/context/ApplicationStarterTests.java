package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.worker.context.SentPropertySource.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ApplicationStarter}.
 */
class ApplicationStarterTests {

	private static final List<String> events = new ArrayList<>();

	@Test
	void mainIsRunWithTheArgumentsOfTheParent() throws Exception {
		try (ConfigurableApplicationContext context = start(Main.class, List.of("--from=argument"), App.class)) {
			assertThat(context.getEnvironment().getProperty("from")).isEqualTo("argument");
			assertThat(context.getEnvironment().getProperty("customised")).isEqualTo("in main");
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void sourcesAreUsedWithoutMain() throws Exception {
		try (ConfigurableApplicationContext context = start(null, List.of("--from=argument"), App.class, More.class)) {
			assertThat(context.getEnvironment().getProperty("from")).isEqualTo("argument");
			assertThat(context.getBean("more")).isEqualTo("more");
		}
	}

	@Test
	void sourcesFromAroundMainAreAdded() throws Exception {
		try (ConfigurableApplicationContext context = start(Main.class, List.of(), App.class, More.class)) {
			assertThat(context.getBean("more")).isEqualTo("more");
		}
	}

	@Test
	void mainThatSwallowsTheEndOfItsRunIsNoFailure() throws Exception {
		try (ConfigurableApplicationContext context = start(SwallowingMain.class, List.of(), App.class)) {
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void parentContextOfTheApplicationIsStartedWithoutItsRunners() throws Exception {
		events.clear();
		try (ConfigurableApplicationContext context = start(HierarchyMain.class, List.of(), App.class)) {
			ApplicationContext parent = context.getParent();
			assertThat(parent).isNotNull();
			assertThat(parent.containsBean("runner")).isTrue();
			assertThat(events).isEmpty();
		}
	}

	@Test
	void mainThatRunsNoApplicationIsAnError() {
		assertThatExceptionOfType(ProcessPoolException.class)
			.isThrownBy(() -> start(IdleMain.class, List.of(), App.class))
			.withMessageContaining("IdleMain.main returned")
			.withMessageContaining("it ran none on its own thread")
			.withMessageContaining("'process-pool.worker.context'");
	}

	@Test
	void mainThatRunsAnotherApplicationIsAnError() {
		assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> start(Main.class, List.of(), More.class))
			.withMessageContaining("More")
			.withMessageContaining("it ran [[" + App.class.getName() + "]]");
	}

	@Test
	void failureOfTheContextIsThrownAsItIs() {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> start(null, List.of(), Failing.class))
			.withStackTraceContaining("refused");
	}

	@Test
	void failureOfMainIsThrownAsItIs() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> start(FailingMain.class, List.of(), App.class))
			.withMessage("no licence");
	}

	@Test
	void propertyOfTheWorkersCommandLineUndoesOurs() throws Exception {
		ContextSettings settings = settings(null, List.of(), App.class);
		WorkerDefaults defaults = new WorkerDefaults(Set.of("spring.flyway.enabled"));
		try (ConfigurableApplicationContext context = new ApplicationStarter(settings, defaults, classLoader())
			.start()) {
			assertThat(context.getEnvironment().getProperty("spring.flyway.enabled")).isNull();
			assertThat(context.getEnvironment().getProperty("spring.liquibase.enabled")).isEqualTo("false");
		}
	}

	@Test
	void propertySourcesStandWhereTheyStoodInTheParent() throws Exception {
		ContextSettings settings = new ContextSettings(null, List.of(App.class.getName()),
				List.of("--a=argument", "--spring.config.name=testapp"), List.of(), List.of("one", "two"), Map.of(),
				List.of(source(Position.BEFORE_SYSTEM_PROPERTIES, "a", "b", "c"),
						source(Position.BEFORE_CONFIGURATION_FILES, "b", "testapp.overridden"),
						source(Position.AFTER_CONFIGURATION_FILES, "b", "e", "testapp.from-file"),
						source(Position.DEFAULTS, "e", "f")),
				List.of());
		WorkerDefaults defaults = new WorkerDefaults(Set.of());
		try (ConfigurableApplicationContext context = new ApplicationStarter(settings, defaults, classLoader())
			.start()) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("a")).isEqualTo("BEFORE_SYSTEM_PROPERTIES");
			assertThat(environment.getProperty("e")).isEqualTo("AFTER_CONFIGURATION_FILES");
			assertThat(environment.getProperty("f")).isEqualTo("DEFAULTS");
			assertThat(environment.getProperty("b")).isEqualTo("BEFORE_SYSTEM_PROPERTIES");
			assertThat(environment.getProperty("testapp.overridden")).isEqualTo("BEFORE_CONFIGURATION_FILES");
			assertThat(environment.getProperty("testapp.from-file")).isEqualTo("file");
			assertThat(environment.getActiveProfiles()).containsExactly("one", "two");
		}
	}

	private static SentPropertySource source(Position position, String... names) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String name : names) {
			properties.put(name, position.name());
		}
		return new SentPropertySource("source " + position, position, properties);
	}

	private static ConfigurableApplicationContext start(@Nullable Class<?> mainClass, List<String> arguments,
			Class<?>... sources) throws Exception {
		return new ApplicationStarter(settings(mainClass, arguments, sources), new WorkerDefaults(Set.of()),
				classLoader())
			.start();
	}

	private static ContextSettings settings(@Nullable Class<?> mainClass, List<String> arguments, Class<?>... sources) {
		return new ContextSettings((mainClass != null) ? mainClass.getName() : null,
				Arrays.stream(sources).map(Class::getName).toList(), arguments, List.of(), List.of(), Map.of(),
				List.of(), List.of());
	}

	private static ClassLoader classLoader() {
		return ApplicationStarterTests.class.getClassLoader();
	}

	@Configuration(proxyBeanMethods = false)
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	static class More {

		@Bean
		String more() {
			return "more";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithRunner {

		@Bean
		ApplicationRunner runner() {
			return (args) -> events.add("runner");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		static BeanFactoryPostProcessor failing() {
			throw new IllegalArgumentException("refused");
		}

	}

	static class Main {

		public static void main(String[] args) {
			new SpringApplicationBuilder(App.class).properties("customised=in main").run(args);
		}

	}

	static class SwallowingMain {

		public static void main(String[] args) {
			try {
				SpringApplication.run(App.class, args);
			}
			catch (RuntimeException ex) {
				events.add("swallowed");
			}
		}

	}

	static class HierarchyMain {

		public static void main(String[] args) {
			new SpringApplicationBuilder(WithRunner.class).web(WebApplicationType.NONE).child(App.class).run(args);
		}

	}

	static class IdleMain {

		public static void main(String[] args) {
		}

	}

	static class FailingMain {

		public static void main(String[] args) {
			throw new UnsupportedOperationException("no licence");
		}

	}

}
