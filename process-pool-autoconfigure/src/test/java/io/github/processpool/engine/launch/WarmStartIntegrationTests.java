package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts a packaged application several times and looks at what makes the workers of its
 * later starts faster.
 */
@DisabledOnOs(OS.WINDOWS)
class WarmStartIntegrationTests {

	private static final String BOOT_LOADER = "org.springframework.boot.loader.launch.LaunchedClassLoader";

	private static final String FLAT_LOADER = "jdk.internal.loader.ClassLoaders$AppClassLoader";

	private static final String ARCHIVE_MADE = "later workers start faster";

	private static final Duration LIMIT = Duration.ofSeconds(120);

	@TempDir
	static Path root;

	private static PackagedApplication application;

	private static Path jar;

	@TempDir
	Path home;

	private Path cache;

	@BeforeAll
	static void pack() throws IOException {
		application = new PackagedApplication(root);
		jar = application.jar();
	}

	@BeforeEach
	void placeCache() {
		this.cache = this.home.resolve("cache");
	}

	@Test
	void fatJarShouldBeExtractedByItsFirstStartOnly() throws Exception {
		Launched first = launch(jar);
		assertThat(first.loader()).isEqualTo(FLAT_LOADER);
		List<Path> entries = flatEntries();
		assertThat(entries).hasSize(1);
		assertThat(first.classPath()).startsWith(jar + ":" + entries.get(0) + "/BOOT-INF/classes.jar:");
		FileTime extracted = Files.getLastModifiedTime(entries.get(0).resolve("BOOT-INF/classes.jar"));
		assertThat(launch(jar).classPath()).isEqualTo(first.classPath());
		assertThat(Files.getLastModifiedTime(entries.get(0).resolve("BOOT-INF/classes.jar"))).isEqualTo(extracted);
	}

	@Test
	void warShouldBeExtracted() throws Exception {
		Path war = application.war();
		Launched launched = launch(war);
		assertThat(launched.loader()).isEqualTo(FLAT_LOADER);
		assertThat(launched.classPath()).startsWith(war + ":")
			.contains("/WEB-INF/classes.jar:", "/WEB-INF/lib-provided/");
	}

	@Test
	void cacheThatCannotBeWrittenShouldNotMatter() throws Exception {
		Files.createFile(this.cache);
		Launched launched = launch(jar);
		assertThat(launched.loader()).isEqualTo(BOOT_LOADER);
		assertThat(this.cache).isEmptyFile();
	}

	@Test
	void extractedJarThatIsBrokenShouldBeMadeAnew() throws Exception {
		launch(jar);
		Path classes = flatEntries().get(0).resolve("BOOT-INF/classes.jar");
		long size = Files.size(classes);
		Files.write(classes, new byte[(int) size / 2]);
		assertThat(launch(jar).loader()).isEqualTo(FLAT_LOADER);
		assertThat(classes).hasSize(size);
	}

	@Test
	void warmStartWhenSwitchedOffShouldKeepNothing() throws Exception {
		Launched launched = launch(jar, "--process-pool.worker.warm-start=false");
		assertThat(launched.loader()).isEqualTo(BOOT_LOADER);
		assertThat(this.cache).doesNotExist();
	}

	@Test
	void archiveShouldServeLaterStartsUntilItIsStaleOrBroken() throws Exception {
		try (Program first = linger()) {
			first.awaitOutput(ARCHIVE_MADE);
			assertThat(first.stop()).contains(ARCHIVE_MADE);
		}
		List<Path> archives = archives();
		assertThat(archives).hasSize(1);
		Path archive = archives.get(0);
		assertThat(launch(jar).archives()).isEqualTo(archive.getFileName().toString());
		FileTime time = Files.getLastModifiedTime(jar);
		try {
			Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
			assertThat(launch(jar).archives()).as("for another version of the application").isEmpty();
		}
		finally {
			Files.setLastModifiedTime(jar, time);
		}
		assertThat(archives()).containsExactly(archive);
		byte[] content = Files.readAllBytes(archive);
		Arrays.fill(content, content.length / 4, content.length / 2, (byte) 0);
		Files.write(archive, content);
		assertThat(launch(jar).archives()).as("on which every JVM crashes").isEmpty();
		assertThat(archives()).isEmpty();
	}

	@Test
	void contextThatLacksABeanShouldBeTriedByTheFirstStartOnly() throws Exception {
		String without = "--process-pool.worker.exclude-auto-configurations="
				+ "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration";
		String fallback = "workers get the whole context, because without a part of it bean 'answerService' cannot be made";
		String first = output(jar, without);
		assertThat(Launched.parse(first)).isNotNull();
		assertThat(first).contains(fallback).contains("JdbcTemplate").doesNotContain("known from an earlier start");
		String second = output(jar, without);
		assertThat(Launched.parse(second)).isNotNull();
		assertThat(second).contains(fallback).contains("known from an earlier start");
		assertThat(output(jar)).as("with another list of exclusions").contains("left out:").doesNotContain(fallback);
	}

	@Test
	void trainingShouldEndWithAParentThatIsKilled() throws Exception {
		try (Program program = linger()) {
			Awaitility.await().atMost(LIMIT).until(() -> training(program).isPresent());
			ProcessHandle training = training(program).orElseThrow();
			program.kill();
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !training.isAlive());
			assertThat(archives()).as("finished archives").noneMatch((file) -> !file.toString().contains("/."));
		}
	}

	@Test
	void trainingShouldEndWithThePoolAndLeaveNothing() throws Exception {
		try (Program program = linger()) {
			Awaitility.await().atMost(LIMIT).until(() -> training(program).isPresent());
			ProcessHandle training = training(program).orElseThrow();
			program.stop();
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !training.isAlive());
		}
		assertThat(archives()).isEmpty();
	}

	private Program linger() throws IOException {
		List<String> command = Stream
			.of(new String[] { Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
					jar.toString(), "--linger=true", "--spring.main.keep-alive=true",
					"--process-pool.worker.cache-directory=" + this.cache }, Launched.PROPERTIES)
			.flatMap(Stream::of)
			.toList();
		return new Program(root, Map.of(), command);
	}

	/** Its main class runs: before, it is a copy of the parent or the program nice. */
	private static Optional<ProcessHandle> training(Program program) {
		return program.descendants()
			.stream()
			.filter((process) -> process.info()
				.arguments()
				.map((arguments) -> arguments.length > 0 && arguments[0].endsWith("-training.args"))
				.orElse(false))
			.findFirst();
	}

	private List<Path> archives() throws IOException {
		try (Stream<Path> files = Files.list(this.cache.resolve("process-pool/archives"))) {
			return files.toList();
		}
	}

	private Launched launch(Path archive, String... options) throws Exception {
		return Launched.parse(output(archive, options));
	}

	private String output(Path archive, String... options) throws Exception {
		List<String> all = Stream
			.of(new String[] { "-jar", archive.toString(), "--process-pool.worker.cache-directory=" + this.cache },
					options, Launched.PROPERTIES)
			.flatMap(Stream::of)
			.toList();
		return Launched.run(root, Map.of(), all);
	}

	private List<Path> flatEntries() throws IOException {
		try (Stream<Path> files = Files.list(this.cache.resolve("process-pool/flat"))) {
			return files.toList();
		}
	}

}
