package io.github.processpool.engine.launch;

import java.nio.file.Path;

/**
 * Makes memories for tests of other packages.
 */
public final class LaunchMemories {

	private LaunchMemories() {
	}

	public static LaunchMemory in(Path file) {
		return new LaunchMemory(file);
	}

}
