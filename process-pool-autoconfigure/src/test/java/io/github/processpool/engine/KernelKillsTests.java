package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files as the kernel writes them.
 */
class KernelKillsTests {

	private static final String EVENTS = "low 0\nhigh 0\nmax 12\noom 3\noom_kill %d\noom_group_kill 0\n";

	private static final String CONTROL = "oom_kill_disable 0\nunder_oom 0\noom_kill %d\n";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			0::/user.slice/app.service ; user.slice/app.service/memory.events ; events
			0::/                       ; memory.events                        ; events
			0::/docker/4711            ; memory.events                        ; events
			4:memory:/app              ; memory/app/memory.oom_control        ; control
			4:memory:/docker/4711      ; memory/memory.oom_control            ; control
			9:cpu,memory:/app          ; memory/app/memory.oom_control        ; control
			""")
	void counterShouldBeFoundWhereTheKernelHasIt(String membership, String file, String kind) throws IOException {
		write(file, (kind.equals("events") ? EVENTS : CONTROL).formatted(5));
		assertThat(kills(membership).count()).isEqualTo(5);
	}

	@Test
	void controllerOfVersionOneShouldGoBeforeAnEmptyHierarchyOfVersionTwo() throws IOException {
		write("memory/app/memory.oom_control", CONTROL.formatted(2));
		write("memory.events", EVENTS.formatted(9));
		assertThat(kills("0::/\n4:memory:/app").count()).isEqualTo(2);
	}

	@Test
	void nothingShouldBeKnownWithoutTheFiles() throws IOException {
		assertThat(kills("0::/app").count()).isEqualTo(KernelKills.UNKNOWN);
		assertThat(new KernelKills(this.directory.resolve("none"), this.directory).count())
			.isEqualTo(KernelKills.UNKNOWN);
	}

	@Test
	void nothingShouldBeKnownFromAKernelThatDoesNotCount() throws IOException {
		write("memory/app/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n");
		assertThat(kills("4:memory:/app").count()).isEqualTo(KernelKills.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "0,1,true", "3,5,true", "0,0,false", "-1,4,false", "4,-1,false" })
	void onlyAHigherCountShouldBeAFact(long before, long after, boolean fact) {
		if (fact) {
			assertThat(KernelKills.describe(before, after)).contains("oom_kill " + before + " -> " + after);
		}
		else {
			assertThat(KernelKills.describe(before, after)).isNull();
		}
	}

	private KernelKills kills(String membership) throws IOException {
		Path file = this.directory.resolve("cgroup");
		Files.writeString(file, membership + "\n");
		return new KernelKills(file, this.directory);
	}

	private void write(String name, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
