package io.github.processpool.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * The test application in a JVM of its own, started by its {@code main} method.
 */
public final class RunningApplication implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final Path directory;

	private final int port;

	private RunningApplication(Process process, Path directory) {
		this.process = process;
		this.directory = directory;
		Awaitility.await()
			.atMost(Duration.ofSeconds(120))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> !process.isAlive() || whoDid("ready").contains(process.pid()));
		this.port = journal().stream()
			.filter((line) -> line.startsWith("port="))
			.map((line) -> Integer.parseInt(line.substring("port=".length(), line.indexOf(' '))))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("the application did not start: " + output()));
	}

	/**
	 * Starts the application.
	 * @param directory where it keeps its files
	 * @param jvmOptions options of its JVM
	 * @param arguments its arguments
	 * @return the application, ready
	 */
	public static RunningApplication start(Path directory, List<String> jvmOptions, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(jvmOptions);
		command.addAll(List.of("-Dspring.pid.file=" + directory.resolve("pid"), "-cp",
				System.getProperty("java.class.path"), TestApplication.class.getName()));
		command.add("--testapp.journal=" + directory.resolve("journal"));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.redirectErrorStream(true).redirectOutput(directory.resolve("output").toFile());
		builder.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:file:" + directory.resolve("db") + ";AUTO_SERVER=TRUE",
					"TESTAPP_FROMVARIABLE", "variable"));
		return new RunningApplication(builder.start(), directory);
	}

	/**
	 * Process id of the application.
	 * @return its pid
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Asks the application.
	 * @param what what to call
	 * @param argument its argument
	 * @return what it answers
	 */
	public String get(String what, String argument) {
		URI uri = URI.create("http://localhost:" + this.port + "/" + what + "?arg="
				+ URLEncoder.encode(argument, StandardCharsets.UTF_8));
		try {
			HttpResponse<String> response = this.client.send(
					HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(120)).build(),
					HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IllegalStateException(what + " failed: " + response.body() + "\n" + output());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Finds out which processes did something.
	 * @param what what they did
	 * @return their pids
	 */
	public Set<Long> whoDid(String what) {
		Set<Long> pids = new TreeSet<>();
		for (String line : journal()) {
			if (line.startsWith(what + " ")) {
				pids.add(Long.parseLong(line.substring(what.length() + 1)));
			}
		}
		return pids;
	}

	/**
	 * Reads the journal.
	 * @return its lines
	 */
	public List<String> journal() {
		return lines(this.directory.resolve("journal"));
	}

	/**
	 * Reads what the application printed.
	 * @return its output
	 */
	public String output() {
		return String.join("\n", lines(this.directory.resolve("output")));
	}

	private static List<String> lines(Path file) {
		try {
			return (Files.exists(file)) ? Files.readAllLines(file) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Asks the application to end, and waits until it has.
	 */
	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(40, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
