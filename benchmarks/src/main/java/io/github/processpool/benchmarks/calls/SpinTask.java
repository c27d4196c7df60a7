package io.github.processpool.benchmarks.calls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.processpool.ProcessTask;

/**
 * Writes down in which process it runs, and never ends.
 *
 * @param file where to
 */
public record SpinTask(String file) implements ProcessTask<Integer> {

	@Override
	public Integer call() throws IOException {
		Files.writeString(Path.of(this.file), String.valueOf(ProcessHandle.current().pid()));
		while (true) {
			Thread.onSpinWait();
		}
	}

}
