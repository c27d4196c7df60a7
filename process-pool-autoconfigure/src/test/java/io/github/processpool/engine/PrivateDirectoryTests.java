package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PrivateDirectory}.
 */
class PrivateDirectoryTests {

	@Test
	@EnabledOnOs(OS.LINUX)
	void createShouldLeaveTheLocksOfThisProcessAlone() throws Exception {
		try (PrivateDirectory first = PrivateDirectory.create(); PrivateDirectory second = PrivateDirectory.create()) {
			assertThat(isLocked(second)).isTrue();
			assertThat(isLocked(first)).as("the directory of another pool").isTrue();
		}
	}

	/**
	 * The kernel's list tells device and inode of each file that a process has locked.
	 */
	private static boolean isLocked(PrivateDirectory directory) throws IOException {
		Object inode = Files.getAttribute(directory.path().resolve("owner.lock"), "unix:ino");
		return Files.readAllLines(Path.of("/proc/locks"))
			.stream()
			.anyMatch((line) -> line.contains(" " + ProcessHandle.current().pid() + " ")
					&& line.contains(":" + inode + " "));
	}

}
