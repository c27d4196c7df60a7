package io.github.processpool.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.processpool.TaskOptions;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Workers behind a command, whose process is not the one that was launched.
 */
@Timeout(90)
@ExtendWith(NothingLeftBehind.class)
@EnabledOnOs(OS.LINUX)
class CommandPrefixIntegrationTests {

	@TempDir
	private Path directory;

	static List<Arguments> prefixes() {
		return List.of(argumentSet("the same process", List.of("nice", "-n", "1")),
				argumentSet("a child", List.of("sh", "-c", "\"$@\"; exit $?", "sh")),
				argumentSet("a child that knows itself as 1",
						List.of("unshare", "--user", "--map-root-user", "--pid", "--fork")));
	}

	@ParameterizedTest
	@MethodSource("prefixes")
	@Faults("pid of another name space")
	void taskBehindACommandShouldBeStoppedAndItsWorkerReplaced(List<String> prefix) throws Exception {
		assumeThat(works(prefix)).as("%s is allowed here", prefix).isTrue();
		try (ManagedPool pool = Pools.behind(prefix)) {
			long first = Failures.value(pool.submit(Deeds.pid()));
			// Before anything is killed, for it may be anybody's
			long pid = pool.snapshot().workers().get(0).pid();
			assertThat(ProcessHandle.current().descendants()).extracting(ProcessHandle::pid).contains(pid);
			CompletableFuture<Double> spinning = pool.submit(Deeds.spin(this.directory.resolve("started")),
					TaskOptions.defaults().withTaskTimeout(Duration.ofSeconds(1)));
			Failures.of(TaskTimeoutException.class, spinning);
			assertThat(Failures.of(WorkerCrashedException.class, pool.submit(Deeds.segfault())).getSignal())
				.hasValue("SIGSEGV");
			long last = Failures.value(pool.submit(Deeds.pid()));
			FaultReport
				.happened("stopped, died and was replaced; it knew itself as %d, then as %d".formatted(first, last));
		}
	}

	private static boolean works(List<String> prefix) throws Exception {
		List<String> command = new ArrayList<>(prefix);
		command.add("true");
		Process process = new ProcessBuilder(command).start();
		return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
	}

}
