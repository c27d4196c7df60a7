package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.protocol.MethodCoordinates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Faults on the way of arguments and results: the one task fails, the worker stays unless
 * the fault ended it.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class TransferIntegrationTests {

	private static final int LIMIT = 2 * 1024 * 1024;

	private final ProcessPool pool = Pools.small().maxSize(1).maxPayloadSize(LIMIT).build();

	@AfterEach
	void close() {
		this.pool.close();
	}

	static Stream<Arguments> faults() {
		return Stream.of("throw", "error", "io", "overflow")
			.flatMap((how) -> Stream.of(Arguments.of("argument", "write", how), Arguments.of("argument", "read", how),
					Arguments.of("result", "write", how), Arguments.of("result", "read", how)));
	}

	@ParameterizedTest
	@MethodSource("faults")
	@Faults({ "A1", "A2", "A3", "A6", "A9" })
	void faultInTransferShouldFailTheTaskAndKeepTheWorker(String what, String where, String how) throws Exception {
		long before = pid();
		TaskSerializationException failure = refusal(submit(what, where, how));
		assertThat(failure).hasMessageContaining(what.equals("result") ? "result" : "task");
		assertThat(pid()).isEqualTo(before);
	}

	static Stream<Arguments> deaths() {
		return Stream.of(Arguments.of("argument", "read", "exit", 7), Arguments.of("argument", "read", "exit0", 0),
				Arguments.of("argument", "read", "halt", 8), Arguments.of("result", "write", "exit", 7),
				Arguments.of("result", "write", "halt", 8));
	}

	@ParameterizedTest
	@MethodSource("deaths")
	@Faults({ "A4", "A5", "A7", "A8" })
	void deathInTransferShouldFailTheTask(String what, String where, String how, int exitCode) throws Exception {
		long before = pid();
		ExecutionException failure = catchThrowableOfType(ExecutionException.class,
				() -> submit(what, where, how).get(20, TimeUnit.SECONDS));
		assertThat(failure).cause()
			.isInstanceOfSatisfying(WorkerCrashedException.class,
					(crash) -> assertThat(crash.getExitCode()).isEqualTo(exitCode));
		assertThat(pid()).isNotEqualTo(before);
	}

	private CompletableFuture<?> submit(String what, String where, String how) {
		Deeds.Trap trap = new Deeds.Trap(where, how);
		if (what.equals("argument")) {
			return this.pool.submit(() -> trap.toString());
		}
		return this.pool.submit(() -> new Deeds.Trap(where, how));
	}

	@Test
	@Faults("A12")
	void manyBadAmongManyGoodShouldFailAlone() throws Exception {
		List<CompletableFuture<?>> bad = new ArrayList<>();
		List<CompletableFuture<Long>> good = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			StringJoiner unserializable = new StringJoiner("x");
			bad.add(this.pool.submit(() -> unserializable.toString()));
			good.add(this.pool.submit(Deeds.pid()));
		}
		for (CompletableFuture<Long> future : good) {
			assertThat(future.get(20, TimeUnit.SECONDS)).isPositive();
		}
		for (CompletableFuture<?> future : bad) {
			assertThat(refusal(future)).hasMessageContaining("StringJoiner");
		}
	}

	@Test
	@Faults("A6")
	void resultThatIsNotSerializableShouldBeNamed() throws Exception {
		long before = pid();
		for (int i = 0; i < 20; i++) {
			assertThat(refusal(this.pool.submit(() -> new ArrayList<Object>(List.of("a", new StringJoiner(","))))))
				.hasMessageContaining("result")
				.hasMessageContaining("java.util.StringJoiner");
		}
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults("H13")
	void resultOfATypeThatIsNotAllowedShouldBeRefused() throws Exception {
		long before = pid();
		assertThat(refusal(this.pool.submit(() -> new java.awt.Point(1, 2)))).hasMessageContaining("java.awt.Point")
			.hasMessageContaining("ProcessPool.Builder.allow");
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults("A13")
	void exceptionThatIsReturnedShouldBeAValue() throws Exception {
		Object value = this.pool.submit(() -> new IllegalStateException("as a value")).get(20, TimeUnit.SECONDS);
		assertThat(value).isInstanceOf(IllegalStateException.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 127, 65_536, 1_000_000, LIMIT - 10_000 })
	@Faults("H4")
	void payloadWithinTheLimitShouldCrossUnchanged(int size) throws Exception {
		byte[] bytes = new byte[size];
		new java.util.Random(size).nextBytes(bytes);
		byte[] echo = this.pool.submit(echo(bytes)).get(20, TimeUnit.SECONDS);
		assertThat(Arrays.equals(echo, bytes)).isTrue();
	}

	@Test
	@Faults("H4")
	void argumentOverTheLimitShouldBeRefusedBeforeItIsSent() throws Exception {
		long before = pid();
		assertThat(refusal(this.pool.submit(echo(new byte[LIMIT + 1]))))
			.hasMessageContaining("ProcessPool.Builder.maxPayloadSize");
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults("H4")
	void resultOverTheLimitShouldBeRefused() throws Exception {
		long before = pid();
		assertThat(refusal(this.pool.submit(() -> new byte[LIMIT + 1]))).hasMessageContaining("result")
			.hasMessageContaining("ProcessPool.Builder.maxPayloadSize");
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults({ "H1", "H2" })
	void exceptionShouldArriveAsItIsWithBothStacks() throws Exception {
		ExecutionException failure = catchThrowableOfType(ExecutionException.class, () -> this.pool.submit(() -> {
			IllegalArgumentException thrown = new IllegalArgumentException("remote", new java.io.IOException("why"));
			thrown.addSuppressed(new IllegalStateException("beside"));
			throw thrown;
		}).get(20, TimeUnit.SECONDS));
		Throwable cause = failure.getCause();
		assertThat(cause).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("remote");
		assertThat(cause.getCause()).isExactlyInstanceOf(java.io.IOException.class).hasMessage("why");
		assertThat(cause.getSuppressed()).singleElement().isExactlyInstanceOf(IllegalStateException.class);
		List<String> methods = Arrays.stream(cause.getStackTrace()).map(StackTraceElement::getMethodName).toList();
		assertThat(methods.get(0)).startsWith("lambda$exceptionShouldArriveAsItIsWithBothStacks");
		assertThat(methods).contains("exceptionShouldArriveAsItIsWithBothStacks");
	}

	@Test
	void largeArgumentThatChangesAfterTheCallShouldCrossAsItWas() throws Exception {
		byte[] argument = new byte[LIMIT / 2];
		List<CompletableFuture<?>> echoes = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			Arrays.fill(argument, (byte) i);
			echoes.add(this.pool.submit(echoCall(argument)));
		}
		for (int i = 0; i < 20; i++) {
			byte[] expected = new byte[argument.length];
			Arrays.fill(expected, (byte) i);
			byte[] echo = (byte[]) echoes.get(i).get(20, TimeUnit.SECONDS);
			assertThat(Arrays.equals(echo, expected)).as("echo %d", i).isTrue();
		}
	}

	@Test
	void largeArgumentOfAnAwaitedCallShouldComeBackAsACopy() throws Exception {
		byte[] argument = new byte[LIMIT / 2];
		for (int i = 0; i < 20; i++) {
			Arrays.fill(argument, (byte) i);
			byte[] echo = (byte[]) this.pool.call(echoCall(argument));
			assertThat(echo).isNotSameAs(argument);
			assertThat(Arrays.equals(echo, argument)).as("echo %d", i).isTrue();
		}
	}

	private static BeanCall echoCall(byte[] argument) throws NoSuchMethodException {
		String name = TransferIntegrationTests.class.getName();
		return new BeanCall(new MethodCoordinates("none", name, "echoOf", "([B)[B"), new Object[] { argument },
				TransferIntegrationTests.class.getMethod("echoOf", byte[].class).getParameters(),
				(arguments) -> arguments[0]);
	}

	public static byte[] echoOf(byte[] argument) {
		return argument;
	}

	private static ProcessTask<byte[]> echo(byte[] bytes) {
		return () -> bytes;
	}

	private long pid() throws Exception {
		return this.pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
	}

	private static TaskSerializationException refusal(CompletableFuture<?> future) {
		Throwable failure = catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
			.getCause();
		FaultReport.happened(failure.getClass().getSimpleName() + ": " + failure.getMessage());
		assertThat(failure).isInstanceOf(TaskSerializationException.class);
		return (TaskSerializationException) failure;
	}

}
