package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.processpool.ExitReason;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerStartException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker breaks the protocol: it is ended and replaced, its task has an outcome, and
 * the parent is none the worse.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class HostileWorkerIntegrationTests {

	@TempDir
	private Path directory;

	static Stream<Arguments> breaches() {
		return Stream.of(protocol("garbage", "broke the protocol|breaking the protocol"),
				protocol("unknown message type", "type"), protocol("message of the wrong kind", "READY"),
				protocol("message for the other channel", "RESULT frame on the control channel"),
				protocol("unknown kind of result", "99"), protocol("result of another task", "does not run"),
				protocol("large array for another task", "follows a large array"),
				protocol("garbage in memory", "a result in memory claims"),
				protocol("wakes without end", "more than 1000 WAKE frames"),
				protocol("large arrays without end", "more than 255 large arrays"),
				protocol("frame of two gigabytes", "limit"), protocol("frame of negative size", "protocol"),
				death("half a header", "exit code 9"), death("half a body", "exit code 9"),
				death("closed data channel", "closed its connection"),
				death("closed control channel", "closed its connection"));
	}

	private static Arguments protocol(String breach, String fact) {
		return Arguments.of(breach, ExitReason.PROTOCOL_ERROR, fact);
	}

	private static Arguments death(String breach, String fact) {
		return Arguments.of(breach, ExitReason.CRASHED, fact);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("breaches")
	@Faults({ "A19", "B14" })
	void workerThatBreaksTheProtocolShouldFailItsTaskAndBeReplaced(String breach, ExitReason reason, String fact)
			throws Exception {
		try (ProcessPool pool = Pools.withJava(hostile(breach))) {
			CompletableFuture<Long> task = pool.submit(Deeds.pid());
			CompletableFuture<Long> next = pool.submit(Deeds.pid());
			WorkerCrashedException failure = Failures.of(WorkerCrashedException.class, task);
			assertThat(failure.getReport().reason()).isEqualTo(reason);
			assertThat(failure.getMessage()).containsIgnoringCase("worker").containsPattern("(?i)" + fact);
			assertThat(failure.isCompleted()).isFalse();
			assertThat(Failures.value(next)).isNotEqualTo(failure.getPid());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "death right after the result", "death with the result in memory", "result twice" })
	@Faults("B19")
	void resultThatCameBeforeTheEndShouldWin(String breach) throws Exception {
		try (ProcessPool pool = Pools.withJava(hostile(breach))) {
			assertThat(Failures.value(pool.submit(Deeds.pid()))).isEqualTo(42);
			assertThat(Failures.value(pool.submit(Deeds.pid()))).isNotEqualTo(42);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = "death with the result unsent")
	@Faults("B19")
	void deathAfterTheEndOfTheTaskShouldSayThatItWasCompleted(String breach) throws Exception {
		try (ProcessPool pool = Pools.withJava(hostile(breach))) {
			WorkerCrashedException failure = Failures.of(WorkerCrashedException.class, pool.submit(Deeds.pid()));
			assertThat(failure.isCompleted()).isTrue();
			assertThat(failure).hasMessageContaining("only its outcome was lost");
			assertThat(Failures.value(pool.submit(Deeds.pid()))).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = "result that is no value")
	@Faults("A9")
	void resultThatCannotBeReadShouldFailItsTaskOnly(String breach) throws Exception {
		try (ProcessPool pool = Pools.withJava(hostile(breach))) {
			Failures.of(TaskSerializationException.class, pool.submit(Deeds.pid()));
			long worker = pool.snapshot().workers().get(0).pid();
			assertThat(ProcessHandle.of(worker)).isPresent();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = "death before the task has started")
	@Faults({ "B4", "C7" })
	void taskThatHadNotStartedShouldRunElsewhere(String breach) throws Exception {
		try (ProcessPool pool = Pools.withJava(hostile(breach))) {
			assertThat(Failures.value(pool.submit(Deeds.pid()))).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "wrong token", "garbage instead of READY" })
	@Faults({ "H12", "A19" })
	void breachInTheHandshakeShouldFailTheStartAndThePoolRecover(String breach) throws Exception {
		try (ProcessPool pool = Pools.withJava(hostile(breach), Duration.ofSeconds(3), new PoolListener() {
		})) {
			Failures.of(WorkerStartException.class, pool.submit(Deeds.pid()));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> !pool.submit(Deeds.pid()).handle((pid, failure) -> failure != null).join());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "no answer at STOP", "flood of output at STOP", "oversized BYE at STOP" })
	@Faults({ "C11", "C13" })
	void workerThatMakesTroubleWhenItIsStoppedShouldNotHoldUpTheStop(String breach) throws Exception {
		ProcessPool pool = Pools.withJava(hostile(breach));
		assertThat(Failures.value(pool.submit(Deeds.pid()))).isEqualTo(42);
		long start = System.nanoTime();
		pool.close();
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		FaultReport.happened("stopped within its shutdown timeout");
		assertThat(time).isLessThan(Duration.ofSeconds(7));
		assertThat(ProcessHandle.current().children()).isEmpty();
	}

	/** A Java whose first process is a hostile worker. */
	private Path hostile(String breach) throws IOException {
		Path marker = Files.createFile(this.directory.resolve("hostile"));
		return Pools
			.fakeJava(this.directory.resolve("java"), "if [ -e '" + marker + "' ]; then", "rm '" + marker + "'",
					"exec \"$JAVA\" -Xmx96m -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
							+ "' " + HostileWorker.class.getName() + " '" + breach + "' \"$1\"",
					"fi", "exec \"$JAVA\" \"$@\"");
	}

}
