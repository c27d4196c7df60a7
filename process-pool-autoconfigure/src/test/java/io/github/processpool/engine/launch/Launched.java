package io.github.processpool.engine.launch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.processpool.launched.LaunchedApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * What the test application printed about the worker that answered it.
 *
 * @param parentLoader class of the class loader of the application's classes in the
 * parent
 * @param loader class of the class loader of the application's classes in the worker
 * @param archives archives of classes in the worker's memory
 * @param classPath class path of the worker
 */
record Launched(String parentLoader, String loader, String archives, String classPath) {

	/** A run is too short for the second compiler to pay. */
	private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

	/** Small workers, few words. */
	static final String[] PROPERTIES = { "--spring.main.banner-mode=off", "--process-pool.max-size=1",
			"--process-pool.worker.max-heap=128MB", "--process-pool.worker.jvm-args=" + QUICK_START };

	private static final Pattern LINE = Pattern.compile(LaunchedApplication.ANSWER
			+ "parent=(\\d+) worker=(\\d+) sum=(\\d+) parentLoader=(\\S+) loader=(\\S+) archives=(\\S*) classPath=(\\S*)");

	/**
	 * Finds the answer.
	 * @param output what the application printed
	 * @return the answer, which came from another process
	 */
	static Launched parse(String output) {
		Matcher matcher = LINE.matcher(output);
		if (!matcher.find()) {
			return fail("There is no answer in the output:\n%s", output);
		}
		assertThat(matcher.group(2)).as("pid of the worker").isNotEqualTo(matcher.group(1));
		assertThat(matcher.group(3)).as("what its database answered").isEqualTo("42");
		return new Launched(matcher.group(4), matcher.group(5), matcher.group(6),
				new String(Base64.getDecoder().decode(matcher.group(7)), StandardCharsets.UTF_8));
	}

	/**
	 * Runs Java to its end.
	 * @param directory working directory
	 * @param environment more environment variables
	 * @param arguments of the {@code java} command
	 * @return what it printed
	 * @throws Exception if it cannot be started, or does not end well
	 */
	static String run(Path directory, Map<String, String> environment, List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add(QUICK_START);
		command.addAll(arguments);
		try (Program program = new Program(directory, environment, command)) {
			return program.awaitEnd();
		}
	}

}
