package io.github.processpool.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.processpool.engine.launch.ErrorLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Autopsy} of what only looks like an error log: the worker that left it may have
 * been out of its mind.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AutopsyTests {

	private static final long PID = 4711;

	private static final int EXIT_CODE_OF_SIGSEGV = 139;

	@TempDir
	private Path directory;

	private Path file;

	private ErrorLog errorLog;

	@BeforeEach
	void setUp() {
		this.errorLog = new ErrorLog("hs_err_pid%p.log", this.directory, true);
		this.file = this.errorLog.file(PID);
	}

	@Test
	void errorLogLargerThanTheHeapShouldCostOnlyItsHead() throws IOException {
		try (RandomAccessFile log = new RandomAccessFile(this.file.toFile(), "rw")) {
			log.writeBytes("#\n#  SIGBUS (0x7) at pc=0x1, pid=4711, tid=1\n#\n#  ");
			// Sparse: it takes no room on the disk
			log.setLength(8L << 30);
		}
		Death death = perform();
		assertThat(death.signal()).isEqualTo("SIGBUS");
		assertThat(death.errorLog()).startsWith("#  SIGBUS").hasSizeLessThan(10_000);
	}

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void pipeInPlaceOfTheErrorLogShouldNotBeWaitedFor() throws Exception {
		Process mkfifo = new ProcessBuilder("mkfifo", this.file.toString()).start();
		assertThat(mkfifo.waitFor(5, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.exists(this.file)).as("the pipe, else the test proves nothing").isTrue();
		Death death = perform();
		assertThat(death.signal()).isEqualTo("SIGSEGV");
		assertThat(death.errorLog()).isNull();
	}

	private Death perform() {
		return Autopsy.perform(EXIT_CODE_OF_SIGSEGV, null, List.of(), List.of(), this.errorLog, PID);
	}

}
