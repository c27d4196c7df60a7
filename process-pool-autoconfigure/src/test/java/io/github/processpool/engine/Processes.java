package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether processes run, also those whose parent is gone.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * Whether the process has not ended. {@link ProcessHandle#isAlive()} holds also for
	 * one that has, until its parent asks for its exit code; an orphan's is the first
	 * process of the machine, and some of those ask only every other second.
	 * @param process the process to look at
	 * @return {@code false} once its code no longer runs
	 */
	static boolean runs(ProcessHandle process) {
		if (!process.isAlive()) {
			return false;
		}
		try {
			String state = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
			return !state.substring(state.lastIndexOf(')') + 2).startsWith("Z");
		}
		catch (IOException ex) {
			// Gone meanwhile, be it before the file was opened or before it was read
			return process.isAlive();
		}
	}

	static boolean noneRuns(Iterable<ProcessHandle> processes) {
		for (ProcessHandle process : processes) {
			if (runs(process)) {
				return false;
			}
		}
		return true;
	}

}
