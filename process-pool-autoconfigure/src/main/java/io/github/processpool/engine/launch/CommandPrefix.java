package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What stands before the command of a worker.
 */
final class CommandPrefix {

	private CommandPrefix() {
	}

	/**
	 * Finds out ahead whether the program exists: the text of a failed start would blame
	 * the whole command.
	 * @param prefix program and its arguments
	 * @param environment variables of this process, whose {@code PATH} counts
	 * @throws IOException if the program is not there
	 */
	static void check(List<String> prefix, Map<String, String> environment) throws IOException {
		// Windows adds extensions to names, and looks into more directories
		if (prefix.isEmpty() || File.separatorChar == '\\') {
			return;
		}
		String program = prefix.get(0);
		if (program.contains("/") ? Files.isExecutable(Path.of(program)) : isOnPath(program, environment)) {
			return;
		}
		throw new SettingException("worker.command-prefix",
				"The program '" + program + "' that is to start workers is not "
						+ (program.contains("/") ? "there, or not executable" : "on the PATH")
						+ ". Install it or correct {}");
	}

	/**
	 * What stands before a command that must not be felt.
	 * @return empty where there is no such program
	 */
	static List<String> lowPriority() {
		boolean nice = File.separatorChar != '\\' && isOnPath("nice", System.getenv());
		return nice ? List.of("nice", "-n", "19") : List.of();
	}

	private static boolean isOnPath(String program, Map<String, String> environment) {
		for (String directory : environment.getOrDefault("PATH", "/bin:/usr/bin").split(File.pathSeparator)) {
			if (!program.isEmpty() && Files.isExecutable(Path.of(directory).resolve(program))) {
				return true;
			}
		}
		return false;
	}

}
