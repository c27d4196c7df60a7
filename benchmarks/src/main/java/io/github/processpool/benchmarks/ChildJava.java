package io.github.processpool.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with the class path of this one. Its standard error is ours. It is to end when
 * its standard input does.
 */
public final class ChildJava implements AutoCloseable {

	private final Process process;

	private ChildJava(Process process) {
		this.process = process;
	}

	/**
	 * Starts a program.
	 * @param prefix what stands before the command, such as {@code taskset}
	 * @param options options of the JVM
	 * @param mainClass the program
	 * @param arguments its arguments
	 * @return the running program
	 * @throws IOException if it cannot be started
	 */
	public static ChildJava start(List<String> prefix, List<String> options, String mainClass, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
		command.addAll(arguments);
		return new ChildJava(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	public Process process() {
		return this.process;
	}

	/**
	 * To be called in the child: ends it when the parent closes its standard input, or
	 * dies.
	 */
	public static void endWithParent() {
		Thread thread = new Thread(() -> {
			try {
				while (System.in.read() >= 0) {
					// Nothing is ever sent
				}
			}
			catch (IOException ex) {
				// As good as its end
			}
			Runtime.getRuntime().halt(0);
		}, "parent-watch");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
