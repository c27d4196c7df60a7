package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.engine.launch.SettingException;
import io.github.processpool.protocol.SettingNames;

/**
 * Words for why a worker could not be started. Immutable.
 */
final class StartFailureText {

	private final PoolConfig config;

	private final Path directory;

	/**
	 * Prepares for the workers of a pool.
	 * @param config settings of the pool
	 * @param directory where its files are, which may be full
	 */
	StartFailureText(PoolConfig config, Path directory) {
		this.config = config;
		this.directory = directory;
	}

	/**
	 * Describes an end before the worker was ready.
	 * @param death how it died
	 * @param killed whether that was our doing
	 * @param cause why it was given up
	 * @return several lines if it had printed any
	 */
	String ended(Death death, boolean killed, Throwable cause) {
		StringBuilder text = new StringBuilder("A worker of pool '" + this.config.name() + "' could not be started: ");
		text.append(describe(cause, this.config.settings()));
		if (death.exitCode() >= 0 && !killed) {
			text.append(" (exit code ").append(death.exitCode());
			if (death.signal() != null) {
				text.append(", ").append(death.signal());
			}
			text.append(')');
		}
		text.append(MachineFaults.remedy(cause,
				Stream.concat(death.stdoutTail().stream(), death.stderrTail().stream()).toList(), this.directory,
				this.config.settings()));
		append(text, "standard output", death.stdoutTail());
		append(text, "standard error", death.stderrTail());
		return text.toString();
	}

	/**
	 * Describes what the worker itself told.
	 * @param name name of the worker
	 * @param cause what it threw
	 */
	String reported(String name, Throwable cause) {
		// Ours say what to do themselves
		String reason = (cause instanceof ProcessPoolException) ? String.valueOf(cause.getMessage())
				: cause + ". Keep what a worker cannot have out of it with @ConditionalOnParentProcess, or set "
						+ this.config.settings().of("worker.context") + " to 'configuration' or 'none'";
		return "Worker " + name + " could not build what its tasks run in: " + reason;
	}

	private static String describe(Throwable cause, SettingNames settings) {
		if (cause instanceof SettingException setting) {
			return setting.describe(settings::of);
		}
		boolean plain = cause instanceof IOException || cause instanceof IllegalStateException;
		return (plain && cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

	private static void append(StringBuilder text, String stream, List<String> lines) {
		if (!lines.isEmpty()) {
			text.append("\n--- last lines of its ").append(stream).append(" ---\n").append(String.join("\n", lines));
		}
	}

}
