package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryLimit}.
 */
class MemoryLimitTests {

	private static final long MACHINE = 16_000_000L * 1024;

	@TempDir
	Path root;

	@BeforeEach
	void machine() throws IOException {
		write("proc/meminfo", "MemTotal:       16000000 kB\nMemFree:  1 kB\n");
	}

	@Test
	void detectWhenNoGroupsShouldBeTheMachine() {
		assertThat(detect(MACHINE)).isEqualTo(new MemoryLimit(MACHINE, false));
	}

	@Test
	void detectWhenUnlimitedShouldBeTheMachine() throws IOException {
		write("proc/self/cgroup", "0::/\n");
		write("cgroup/memory.max", "max\n");
		assertThat(detect(MACHINE)).isEqualTo(new MemoryLimit(MACHINE, false));
	}

	@Test
	void detectWhenContainerOfVersion2ShouldBeItsLimit() throws IOException {
		write("proc/self/cgroup", "0::/\n");
		write("cgroup/memory.max", "1073741824\n");
		assertThat(detect(MACHINE)).isEqualTo(new MemoryLimit(1073741824, true));
	}

	@Test
	void detectWhenOuterGroupIsTighterShouldBeItsLimit() throws IOException {
		write("proc/self/cgroup", "0::/system.slice/app.service\n");
		write("cgroup/system.slice/app.service/memory.max", "2147483648\n");
		write("cgroup/system.slice/memory.max", "1073741824\n");
		assertThat(detect(MACHINE)).isEqualTo(new MemoryLimit(1073741824, true));
	}

	@Test
	void detectWhenVersion1ShouldBeItsLimit() throws IOException {
		write("proc/self/cgroup", "12:cpu,cpuacct:/docker/a\n11:memory:/docker/a\n0::/ignored\n");
		write("cgroup/memory/memory.limit_in_bytes", "536870912\n");
		assertThat(detect(MACHINE)).isEqualTo(new MemoryLimit(536870912, true));
	}

	@Test
	void detectWhenVersion1IsUnlimitedShouldBeTheMachine() throws IOException {
		write("proc/self/cgroup", "11:memory:/\n");
		write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
		assertThat(detect(MACHINE)).isEqualTo(new MemoryLimit(MACHINE, false));
	}

	@Test
	void detectWhenOnlyTheJvmKnowsTheLimitShouldBeIt() {
		assertThat(detect(1000)).isEqualTo(new MemoryLimit(1000, true));
	}

	private MemoryLimit detect(long total) {
		return MemoryLimit.detect(total, this.root.resolve("proc"), this.root.resolve("cgroup"));
	}

	private void write(String file, String content) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
	}

}
