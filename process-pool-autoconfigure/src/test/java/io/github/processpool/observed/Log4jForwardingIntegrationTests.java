package io.github.processpool.observed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is logged in a worker is logged by the application if both use Log4j:
 * an application of its own, without Logback on its class path.
 */
class Log4jForwardingIntegrationTests {

	private static final Path JARS = Path.of("target", "launch", "log4j");

	private static final List<String> OTHERS = List.of("logback-classic", "logback-core", "log4j-to-slf4j",
			"jul-to-slf4j");

	@TempDir
	private Path directory;

	@Test
	void eventsOfWorkersShouldBeEventsOfTheApplication() throws Exception {
		List<String> lines = run();
		List<String> complaints = containing(lines, "complaint: too dark");
		assertThat(complaints).as("\n%s", String.join("\n", lines)).hasSize(1);
		String[] parts = complaints.get(0).split("\\|");
		assertThat(parts).containsExactly("ERROR", Chatty.class.getName(), "main", parts[3], "r-17", "7", "default",
				"1", "Chatty.complain", "complaint: too dark");
		assertThat(Long.parseLong(parts[3])).isBetween(number(lines, "before="), number(lines, "after="));
		int at = lines.indexOf(complaints.get(0));
		assertThat(lines.get(at + 1)).isEqualTo("java.lang.IllegalStateException: outer");
		assertThat(lines.get(at + 2)).startsWith("\tat io.github.processpool.observed.Chatty.complain(Chatty.java:");
		assertThat(lines).contains("Caused by: java.lang.UnsupportedOperationException: inner");
		assertThat(containing(lines, "not wanted")).isEmpty();
		assertThat(containing(lines, "greetings of a lambda")).singleElement()
			.asString()
			.startsWith("INFO|" + Chatty.class.getName() + "|main|")
			.endsWith("|default|1|Chatty.lambda|greetings of a lambda");
		assertThat(containing(lines, "said by java.util.logging")).singleElement()
			.asString()
			.startsWith("WARN|java.logging|main|")
			.contains("|default|1|Log4jProgram.lambda|");
		assertThat(containing(lines, "whisper 0")).as("whispers once the level is changed").hasSizeLessThan(2);
		assertThat(containing(lines, "whisper ")).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).startsWith("DEBUG|" + Chatty.class.getName()));
		assertThat(lines).last().isEqualTo("the program has ended");
		List<String> written = Files.readAllLines(this.directory.resolve("application.log"));
		assertThat(written).anyMatch((line) -> line.endsWith("complaint: too dark"));
		assertThat(written.stream()
			.filter((line) -> line.matches("\\d+\\|(TRACE|DEBUG|INFO|WARN|ERROR)\\|.*"))
			.map((line) -> line.substring(0, line.indexOf('|')))
			.distinct()).as("processes that write the file").hasSize(1);
	}

	private static List<String> containing(List<String> lines, String text) {
		return lines.stream().filter((line) -> line.contains(text)).toList();
	}

	private static long number(List<String> lines, String key) {
		return lines.stream()
			.filter((line) -> line.startsWith(key))
			.map((line) -> Long.parseLong(line.substring(key.length())))
			.findFirst()
			.orElseThrow();
	}

	private List<String> run() throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-Dobserved.file=" + this.directory.resolve("application.log"), "-cp", classPath(),
				Log4jProgram.class.getName(), "--server.port=0", "--logging.config=classpath:observed-log4j2.xml",
				"--spring.main.banner-mode=off", "--process-pool.max-size=1", "--process-pool.worker.max-heap=96MB",
				"--process-pool.worker.jvm-args=-XX:TieredStopAtLevel=1", "--process-pool.worker.warm-start=false"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it printed\n%s", Files.readString(output)).isTrue();
			return Files.readAllLines(output);
		}
		finally {
			Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
		}
	}

	private static String classPath() throws IOException {
		List<String> entries = new ArrayList<>(
				Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
					.filter((entry) -> OTHERS.stream().noneMatch(new File(entry).getName()::startsWith))
					.toList());
		try (Stream<Path> jars = Files.list(JARS)) {
			entries.addAll(jars.map(Path::toAbsolutePath).map(Path::toString).collect(Collectors.toList()));
		}
		return String.join(File.pathSeparator, entries);
	}

}
