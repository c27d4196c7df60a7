package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.processpool.launched.Answer;
import io.github.processpool.launched.AnswerService;
import io.github.processpool.launched.LaunchedApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts one application in each way in which applications are started, and lets it defer
 * a call to a bean that needs the database.
 */
@DisabledOnOs(OS.WINDOWS)
class LaunchIntegrationTests {

	private static final String BOOT_LOADER = "org.springframework.boot.loader.launch.LaunchedClassLoader";

	private static final String FLAT_LOADER = "jdk.internal.loader.ClassLoaders$AppClassLoader";

	private static final List<String> EXCLUDED = List.of(
			"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
			"org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");

	private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

	/** Longer than one argument of a process may be on Linux. */
	private static final int LONG = 128 * 1024;

	/** How warm starts go is shown elsewhere. */
	private static final String[] COLD = { "--process-pool.worker.warm-start=false" };

	@TempDir
	static Path root;

	private static PackagedApplication application;

	private static Path jar;

	@BeforeAll
	static void pack() throws IOException {
		application = new PackagedApplication(root);
		jar = application.jar();
	}

	@Test
	void relativeClassPathAndOtherWorkingDirectory() throws Exception {
		String relative = application.classPath()
			.stream()
			.map((path) -> path.startsWith(root) ? root.relativize(path) : path)
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
		Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
		Launched launched = launch(root, "-cp", relative, PackagedApplication.MAIN,
				"--process-pool.worker.working-directory=" + elsewhere);
		assertThat(launched.classPath()).isEqualTo(classPath(application.classPath()));
	}

	@Test
	void argumentFileAndClassPathOver128KiB() throws Exception {
		List<Path> entries = new ArrayList<>(application.classPath());
		for (int i = 0; classPath(entries).length() <= LONG; i++) {
			entries.add(Files.createDirectories(root.resolve("long").resolve("x".repeat(240) + i)));
		}
		Path argFile = root.resolve("parent.args");
		ArgumentFile.write(argFile, List.of("-cp", classPath(entries), PackagedApplication.MAIN), "UTF-8");
		Launched launched = launch(root, "@" + argFile);
		assertThat(launched.classPath()).isEqualTo(classPath(entries)).hasSizeGreaterThan(LONG);
	}

	@Test
	void fatJar() throws Exception {
		Launched launched = launch(root, "-jar", "app.jar");
		assertThat(launched.loader()).isEqualTo(BOOT_LOADER);
		assertThat(launched.classPath()).isEqualTo(jar.toString());
	}

	@Test
	void extractedJar() throws Exception {
		Path extracted = extract("extracted");
		Launched launched = launch(root, "-jar", root.relativize(extracted.resolve("app.jar")).toString());
		assertThat(launched.loader()).isEqualTo(FLAT_LOADER);
		assertThat(launched.classPath()).isEqualTo(extracted.resolve("app.jar").toString());
	}

	@Test
	void explodedJar() throws Exception {
		Path exploded = extract("exploded", "--launcher");
		Launched launched = launch(exploded, "org.springframework.boot.loader.launch.JarLauncher");
		assertThat(launched.loader()).isEqualTo(FLAT_LOADER);
		assertThat(launched.classPath()).startsWith(exploded.resolve("BOOT-INF/classes") + ":")
			.endsWith(":" + exploded);
	}

	@Test
	void war() throws Exception {
		Path war = application.war();
		Launched launched = launch(root, "-jar", war.toString());
		assertThat(launched.loader()).isEqualTo(BOOT_LOADER);
		assertThat(launched.classPath()).isEqualTo(war.toString());
	}

	@Test
	void fatJarInDirectoryWithSpacesAndUmlaut() throws Exception {
		Path directory = Files.createDirectories(root.resolve(DirectoryNames.nasty("fat ä ü #1+%20")));
		Files.copy(jar, directory.resolve("app.jar"));
		Launched launched = launch(directory, "-jar", "app.jar");
		assertThat(launched.classPath()).isEqualTo(directory.resolve("app.jar").toString());
	}

	@Test
	void classPathInDirectoryWithSpacesAndUmlaut() throws Exception {
		PackagedApplication other = new PackagedApplication(
				Files.createDirectories(root.resolve(DirectoryNames.nasty("flat ä ü #1+%20"))));
		Launched launched = launch(root, "-cp", classPath(other.classPath()), PackagedApplication.MAIN);
		assertThat(launched.classPath()).isEqualTo(classPath(other.classPath()));
	}

	@Test
	void mavenPlugin() throws Exception {
		Path project = MavenProject.create(application);
		try (Program program = new Program(project, Map.of("JAVA_HOME", System.getProperty("java.home")),
				List.of("mvn", "-B", "-ntp", "spring-boot:run"))) {
			Launched launched = Launched.parse(program.awaitEnd());
			assertThat(launched.loader()).isEqualTo(FLAT_LOADER);
			assertThat(launched.classPath().split(":")).contains(application.classes().toString())
				.contains(application.libraries().stream().map(Path::toString).toArray(String[]::new));
		}
	}

	@Test
	void devTools() throws Exception {
		List<Path> entries = new ArrayList<>(application.classPath());
		entries.add(Fetched.devTools());
		Launched launched = launch(root, "-cp", classPath(entries), PackagedApplication.MAIN);
		assertThat(launched.parentLoader()).as("the loader that DevTools replaces")
			.isEqualTo("org.springframework.boot.devtools.restart.classloader.RestartClassLoader");
		assertThat(launched.loader()).isEqualTo(FLAT_LOADER);
	}

	@Test
	void externalTomcat() throws Exception {
		Path home = Fetched.tomcat();
		Path base = Files.createDirectories(root.resolve("tomcat base"));
		for (String directory : List.of("conf", "logs", "temp", "webapps", "work")) {
			Files.createDirectories(base.resolve(directory));
		}
		Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
		Files.writeString(base.resolve("conf/server.xml"),
				"""
						<Server port="-1"><Service name="Catalina"><Connector port="0"/><Engine name="Catalina" defaultHost="localhost">
						<Host name="localhost" appBase="webapps" unpackWARs="true"/></Engine></Service></Server>
						""");
		Files.copy(application.serverWar(), base.resolve("webapps/app.war"));
		try (Program program = new Program(base,
				Map.of("CATALINA_BASE", base.toString(), "CATALINA_HOME", home.toString(), "JAVA_HOME",
						System.getProperty("java.home"), "JRE_HOME", ""),
				List.of("sh", home.resolve("bin/catalina.sh").toString(), "run"))) {
			Launched launched = Launched.parse(program.awaitOutput(LaunchedApplication.ANSWER));
			assertThat(launched.parentLoader()).endsWith("WebappClassLoader");
			assertThat(launched.loader()).isEqualTo(FLAT_LOADER);
			assertThat(launched.classPath()).startsWith(base.resolve("webapps/app/WEB-INF/classes") + ":")
				.contains("/lib/catalina.jar:")
				.contains("/bin/bootstrap.jar");
		}
	}

	@Test
	void thisJvm() throws Exception {
		SpringApplication spring = new SpringApplication(LaunchedApplication.class);
		// Of what is on the class path of the tests, as little as the other ways have
		String[] properties = Stream
			.of(Launched.PROPERTIES,
					new String[] { "--spring.main.web-application-type=none",
							"--spring.autoconfigure.exclude=" + String.join(",", EXCLUDED) })
			.flatMap(Stream::of)
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = spring.run(properties)) {
			Answer answer = context.getBean(AnswerService.class).add(40, 2).get(60, TimeUnit.SECONDS);
			assertThat(answer.sum()).isEqualTo(42);
			assertThat(answer.pid()).isNotEqualTo(ProcessHandle.current().pid());
			assertThat(answer.classPath()).isEqualTo(Arrays.stream(System.getProperty("java.class.path").split(":"))
				.map((entry) -> Path.of(entry).toAbsolutePath().toString())
				.distinct()
				.collect(Collectors.joining(":")));
		}
	}

	private Path extract(String name, String... options) throws Exception {
		Path target = root.resolve(name);
		List<String> command = new ArrayList<>(List.of("-Djarmode=tools", "-jar", jar.toString(), "extract"));
		command.addAll(List.of("--destination", target.toString()));
		command.addAll(List.of(options));
		Launched.run(root, Map.of(), command);
		return target;
	}

	private static Launched launch(Path directory, String... arguments) throws Exception {
		List<String> all = Stream.of(arguments, Launched.PROPERTIES, COLD).flatMap(Stream::of).toList();
		String output = Launched.run(directory, Map.of(TOOL_OPTIONS, "-Dfrom.tool.options=true"), all);
		// Every JVM that reads the variable says so, and what a worker says is logged
		assertThat(output).containsOnlyOnce("Picked up " + TOOL_OPTIONS);
		return Launched.parse(output);
	}

	private static String classPath(List<Path> entries) {
		return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

}
