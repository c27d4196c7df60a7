package io.github.processpool.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerStartException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The file system of the private directory is full: a small one of its own, where the
 * machine allows a mount.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class FullDiskIntegrationTests {

	private static final String TEMPORARY = "java.io.tmpdir";

	private final String before = System.getProperty(TEMPORARY);

	@TempDir
	private Path directory;

	private boolean mounted;

	@BeforeEach
	void mount() throws Exception {
		this.mounted = run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", this.directory.toString());
		assumeTrue(this.mounted, "a file system can be mounted here");
		System.setProperty(TEMPORARY, this.directory.toString());
	}

	@AfterEach
	void unmount() throws Exception {
		System.setProperty(TEMPORARY, this.before);
		if (this.mounted) {
			assertThat(run("umount", "-l", this.directory.toString())).isTrue();
		}
	}

	@Test
	@Faults({ "machine", "C12" })
	void firstTaskOnAFullDiskShouldNameTheDirectoryAndThePoolRecover() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).build()) {
			Path rest = fill();
			refused(pool.submit(Deeds.pid()));
			Files.delete(rest);
			awaitRecovery(pool);
		}
	}

	@Test
	@Faults({ "machine", "C6" })
	void workerLostOnAFullDiskShouldBeReplacedOnceThereIsRoom() throws Exception {
		try (ProcessPool pool = Pools.small().maxSize(1).build()) {
			long pid = Failures.value(pool.submit(Deeds.pid()));
			Path rest = fill();
			assertThat(Failures.value(pool.submit(Deeds.pid()))).as("a worker that runs needs no room").isEqualTo(pid);
			ProcessHandle.of(pid).orElseThrow().destroyForcibly();
			Awaitility.await().until(() -> ProcessHandle.of(pid).isEmpty());
			refused(pool.submit(Deeds.pid()));
			Files.delete(rest);
			awaitRecovery(pool);
		}
	}

	private void refused(CompletableFuture<Long> task) {
		assertThat(Failures.of(WorkerStartException.class, task)).hasMessageContaining(this.directory.toString())
			.hasMessageContaining("No space left")
			.hasMessageContaining("Make room")
			.hasMessageContaining("-Djava.io.tmpdir");
	}

	private static void awaitRecovery(ProcessPool pool) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> !pool.submit(Deeds.pid()).handle((pid, failure) -> failure != null).join());
		FaultReport.happened("recovered");
	}

	/** Uses up all that is left. */
	private Path fill() throws IOException {
		Path file = this.directory.resolve("rest");
		try (OutputStream out = Files.newOutputStream(file)) {
			byte[] block = new byte[1024];
			while (out != null) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("No space left");
		}
		return file;
	}

	private static boolean run(String... command) throws Exception {
		return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
	}

}
