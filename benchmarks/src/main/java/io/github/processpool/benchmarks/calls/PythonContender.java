package io.github.processpool.benchmarks.calls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pool of Python: the script {@code benchmarks/peers/calls.py} does the workloads and
 * is told which, one a line.
 */
public final class PythonContender implements Contender {

	private final JsonMapper json = new JsonMapper();

	private final String name;

	private final Process process;

	private final BufferedReader in;

	private final Writer out;

	private PythonContender(String name, Process process) {
		this.name = name;
		this.process = process;
		this.in = process.inputReader();
		this.out = process.outputWriter();
	}

	/**
	 * Starts the script.
	 * @param name name in tables
	 * @param script the script
	 * @param kind which pool
	 * @param workers how many
	 * @return the contender, or {@code null} if there is no Python or not this pool
	 * @throws IOException if the script cannot be talked to
	 */
	public static @Nullable PythonContender start(String name, Path script, String kind, int workers)
			throws IOException {
		if (!Files.isExecutable(Contenders.PYTHON_EXECUTABLE) || !Files.exists(script)) {
			return null;
		}
		Process process = new ProcessBuilder(Contenders.PYTHON_EXECUTABLE.toString(), script.toString(), kind,
				String.valueOf(workers))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		PythonContender contender = new PythonContender(name, process);
		if ("ready".equals(contender.in.readLine())) {
			return contender;
		}
		contender.close();
		return null;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public double[] measure(Workload workload, Duration time) throws IOException {
		this.out.write("%s %d %.3f%n".formatted(workload.name().toLowerCase(Locale.ROOT), workload.bytes(),
				time.toMillis() / 1e3));
		this.out.flush();
		String line = this.in.readLine();
		if (line == null) {
			throw new IOException(this.name + " has ended");
		}
		return this.json.readValue(line, double[].class);
	}

	/**
	 * Starts a second pool until its first result.
	 * @return the milliseconds that it took
	 * @throws IOException if the script has ended
	 */
	public double firstResult() throws IOException {
		this.out.write("first_result 0 0\n");
		this.out.flush();
		return this.json.readValue(this.in.readLine(), double[].class)[0];
	}

	@Override
	public void close() {
		try {
			// Its end is what ends the script and the pool in it
			this.out.close();
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroy();
			}
		}
		catch (IOException ex) {
			this.process.destroy();
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
	}

}
