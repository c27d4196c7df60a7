package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks that start processes of their own.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class GrandchildIntegrationTests {

	private static final int FLOODERS = 3;

	private final ProcessPool pool = Pools.small().maxSize(1).build();

	private final List<Long> started = new ArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
		this.started.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	@Test
	@Faults("output held open")
	void grandchildThatOutlivesTheWorkerAndHoldsItsOutputShouldHoldNoThread() throws Exception {
		Path file = this.directory.resolve("pid");
		CompletableFuture<String> task = this.pool.submit(leave(file.toString()));
		WorkerCrashedException failure = Failures.of(WorkerCrashedException.class, task);
		long grandchild = Long.parseLong(Files.readString(file).trim());
		this.started.add(grandchild);
		assertThat(failure.getExitCode()).isEqualTo(5);
		assertThat(failure.getStderrTail()).contains("last words");
		assertThat(ProcessHandle.of(grandchild)).as("the grandchild, else the test proves nothing").isPresent();
		Awaitility.await("no thread reads what the dead worker printed")
			.atMost(Duration.ofSeconds(3))
			.untilAsserted(() -> assertThat(outputThreads(1)).isEmpty());
		assertThat(Failures.value(this.pool.submit(Deeds.pid()))).isPositive();
		assertThat(ProcessHandle.of(grandchild)).isPresent();
	}

	@RepeatedTest(3)
	@Faults("output held open and flooded")
	void grandchildrenThatFloodTheOutputOfADeadWorkerShouldHoldUpNobody() throws Exception {
		Path file = this.directory.resolve("pids");
		CompletableFuture<String> task = this.pool.submit(leaveFlood(file.toString()));
		WorkerCrashedException failure = Failures.of(WorkerCrashedException.class, task);
		for (String pid : Files.readAllLines(file)) {
			this.started.add(Long.parseLong(pid.trim()));
		}
		assertThat(failure.getExitCode()).isEqualTo(5);
		assertThat(this.started).hasSize(FLOODERS);
		Awaitility.await("no thread reads what the dead worker printed")
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(outputThreads(1)).isEmpty());
		assertThat(Failures.value(this.pool.submit(Deeds.pid()))).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cancel", "timeout", "stop" })
	@Faults("D22")
	void killedWorkerShouldTakeFourGenerationsWithIt(String how) throws Exception {
		Path file = this.directory.resolve("tree");
		Path script = Files.writeString(this.directory.resolve("script"),
				"echo $$ >> '" + file + "'\n" + "[ $1 = 1 ] && exec sleep 300\n" + "sh \"$0\" $(($1 - 1)) & wait\n");
		CompletableFuture<Integer> task = this.pool.submit(tree(script.toString()),
				TaskOptions.defaults().withTaskTimeout(how.equals("timeout") ? Duration.ofSeconds(2) : Duration.ZERO));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> Files.exists(file) && Files.readAllLines(file).size() == 4);
		for (String pid : Files.readAllLines(file)) {
			this.started.add(Long.parseLong(pid.trim()));
		}
		assertThat(this.started).allSatisfy((pid) -> assertThat(ProcessHandle.of(pid)).isPresent());
		switch (how) {
			case "cancel" -> task.cancel(true);
			case "timeout" -> Failures.of(TaskTimeoutException.class, task);
			default -> this.pool.close();
		}
		Awaitility.await("all generations gone")
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.started.stream().allMatch((pid) -> ProcessHandle.of(pid).isEmpty()));
		if (!how.equals("timeout")) {
			Failures.of(CancellationException.class, task);
		}
		if (!how.equals("stop")) {
			assertThat(Failures.value(this.pool.submit(Deeds.pid()))).isPositive();
		}
	}

	/** Starts a process that escapes and inherits the output, then dies. */
	private static ProcessTask<String> leave(String file) {
		return () -> {
			new ProcessBuilder("sh", "-c", "setsid sleep 300 & echo $! > '" + file + "'").inheritIO().start().waitFor();
			System.err.println("last words");
			Runtime.getRuntime().halt(5);
			return "";
		};
	}

	/** Starts processes that print for ever what it would print, then dies. */
	private static ProcessTask<String> leaveFlood(String file) {
		return () -> {
			for (int i = 0; i < FLOODERS; i++) {
				new ProcessBuilder("sh", "-c", "setsid yes & echo $! >> '" + file + "'").inheritIO().start().waitFor();
			}
			Runtime.getRuntime().halt(5);
			return "";
		};
	}

	/** Starts a child that starts a child, and so on, and is deaf to interrupts. */
	private static ProcessTask<Integer> tree(String script) {
		return () -> {
			Process process = new ProcessBuilder("sh", script, "4").start();
			while (true) {
				try {
					return process.waitFor();
				}
				catch (InterruptedException ex) {
					// Deaf
				}
			}
		};
	}

	private static List<String> outputThreads(int worker) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("processpool-test-output-" + worker + "-"))
			.toList();
	}

}
