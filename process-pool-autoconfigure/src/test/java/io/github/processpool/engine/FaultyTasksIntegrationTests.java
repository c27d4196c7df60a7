package io.github.processpool.engine;

import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.RemoteTaskException;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.WorkerCrashedException;
import io.github.processpool.WorkerState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tasks, values and callbacks that do what they should not.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class FaultyTasksIntegrationTests {

	private final ProcessPool pool = Pools.small().maxSize(1).build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.pool.close();
	}

	static Stream<Arguments> throwables() {
		return Stream.of(Arguments.of(new AssertionError("wrong"), AssertionError.class),
				Arguments.of(new NoClassDefFoundError("gone"), NoClassDefFoundError.class),
				Arguments.of(new InternalError("inside"), InternalError.class),
				Arguments.of(new StackOverflowError(), StackOverflowError.class),
				Arguments.of(new ExceptionInInitializerError("static"), ExceptionInInitializerError.class),
				Arguments.of(new Throwable("bare"), Throwable.class),
				Arguments.of(new NullPointerException(), NullPointerException.class),
				Arguments.of(new InterruptedException("by itself"), InterruptedException.class),
				Arguments.of(new CancellationException("by itself"), CancellationException.class),
				Arguments.of(new Nested("outer", new Nested(null, new IOException("inner"))), Nested.class));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("throwables")
	@Faults({ "A17", "A18" })
	void throwableOfAnyTypeShouldArriveAsItIsAndTheWorkerStay(Throwable thrown, Class<? extends Throwable> type)
			throws Exception {
		long before = pid();
		Throwable failure = Failures.of(type, this.pool.submit(raise(thrown)));
		assertThat(failure.getMessage()).isEqualTo(thrown.getMessage());
		if (thrown instanceof Nested) {
			assertThat(failure.getCause()).isExactlyInstanceOf(Nested.class).hasMessage(null);
			assertThat(failure).hasRootCauseMessage("inner");
			assertThat(((Nested) failure).code).isEqualTo(7);
		}
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults("A16")
	void exceptionOfAClassThatOnlyTheWorkerHasShouldArriveAsText() throws Exception {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assumeTrue(compiler != null, "a compiler is here");
		Path source = Files.writeString(this.directory.resolve("OnlyThere.java"),
				"public class OnlyThere extends RuntimeException { public OnlyThere(String m) { super(m); } }");
		assertThat(compiler.run(null, null, null, "-d", this.directory.toString(), source.toString())).isZero();
		long before = pid();
		RemoteTaskException failure = Failures.of(RemoteTaskException.class,
				this.pool.submit(raiseFrom(this.directory.toString())));
		assertThat(failure).hasMessageContaining("OnlyThere").hasMessageContaining("far away");
		assertThat(failure.getStackTrace()).as("the worker's frames")
			.anySatisfy((frame) -> assertThat(frame.getMethodName()).contains("raiseFrom"));
		assertThat(pid()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "exit", "halt", "throw" })
	@Faults("A10")
	void resultOfATypeThatIsNotAllowedShouldNotRunItsCodeInTheParent(String how) throws Exception {
		ProcessPool strict = ProcessPool.builder()
			.maxSize(1)
			.maxHeap(48 * 1024 * 1024)
			.allow(FaultyTasksIntegrationTests.class.getName())
			.build();
		try (strict) {
			TaskSerializationException failure = Failures.of(TaskSerializationException.class,
					strict.submit(trap(how)));
			assertThat(failure).hasMessageContaining("Deeds$Trap").hasMessageContaining("ProcessPool.Builder.allow");
			assertThat(Failures.value(strict.submit(self()))).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "throw", "error", "overflow" })
	@Faults({ "A3", "A9" })
	void errorOfAnArgumentThatCannotBeReadShouldBeTheCause(String how) {
		Deeds.Trap trap = new Deeds.Trap("read", how);
		TaskSerializationException failure = Failures.of(TaskSerializationException.class,
				this.pool.submit(() -> trap.toString()));
		String cause = switch (how) {
			case "throw" -> "IllegalStateException";
			case "error" -> "LinkageError";
			default -> "StackOverflowError";
		};
		assertThat(causes(failure)).anySatisfy((each) -> assertThat(each).contains(cause));
	}

	private static List<String> causes(Throwable failure) {
		List<String> causes = new ArrayList<>();
		for (Throwable each = failure; each != null; each = each.getCause()) {
			causes.add(each.toString());
		}
		return causes;
	}

	@Test
	@Faults("B10")
	void exceptionInAnotherThreadOfTheTaskShouldNotConcernIt() throws Exception {
		long before = pid();
		assertThat(Failures.value(this.pool.submit(failBeside()))).isEqualTo("done");
		assertThat(pid()).isEqualTo(before);
	}

	@Test
	@Faults("B7")
	void failuresShouldBeCompleteBeforeAnybodySeesThem() throws Exception {
		List<CompletableFuture<Throwable>> seen = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			seen.add(this.pool.submit(Deeds.halt(1)).handle((value, failure) -> failure));
		}
		List<Throwable> failures = new ArrayList<>();
		for (CompletableFuture<Throwable> each : seen) {
			failures.add(Failures.value(each));
		}
		assertThat(failures).doesNotHaveDuplicates()
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(WorkerCrashedException.class)
				.hasMessageContaining("exit code 1"));
		assertThat(failures.get(0).getStackTrace()).extracting(StackTraceElement::getMethodName)
			.contains("failuresShouldBeCompleteBeforeAnybodySeesThem");
	}

	@Test
	@Faults("D13")
	void workerWhoseTaskIsBeingStoppedShouldGetNoNewTask() throws Exception {
		Path started = this.directory.resolve("started");
		CompletableFuture<Double> deaf = this.pool.submit(Deeds.spin(started));
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(started) && Files.size(started) > 0);
		deaf.cancel(true);
		List<CompletableFuture<Long>> next = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			next.add(this.pool.submit(Deeds.pid()));
		}
		long stopped = Long.parseLong(Files.readString(started));
		for (CompletableFuture<Long> each : next) {
			assertThat(Failures.value(each)).isNotEqualTo(stopped);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "exception", "error", "interrupt", "submit", "wait" })
	@Faults("G3")
	void callbackThatMisbehavesShouldHarmNobody(String how) throws Exception {
		for (int i = 0; i < 20; i++) {
			this.pool.submit(Deeds.pid()).whenComplete((pid, failure) -> misbehave(how));
		}
		assertThat(pid()).isPositive();
		Awaitility.await().until(() -> this.pool.snapshot().workers(WorkerState.BUSY) == 0);
	}

	private void misbehave(String how) {
		switch (how) {
			case "exception" -> throw new IllegalStateException("of a callback");
			case "error" -> throw new NoClassDefFoundError("of a callback");
			case "interrupt" -> Thread.currentThread().interrupt();
			case "submit" -> this.pool.submit(Deeds.halt(2));
			default -> this.pool.submit(Deeds.pid()).join();
		}
	}

	@Test
	@Faults("H3")
	void argumentsAndResultsShouldNotBeKeptInTheParent() throws Exception {
		Probe argument = new Probe();
		WeakReference<Probe> sent = new WeakReference<>(argument);
		CompletableFuture<Probe> future = this.pool.submit(echo(argument));
		WeakReference<Probe> received = new WeakReference<>(Failures.value(future));
		argument = null;
		awaitCleared(sent);
		assertThat(received.get()).as("the result is kept by its future").isNotNull();
		future = null;
		awaitCleared(received);
	}

	private static void awaitCleared(WeakReference<?> reference) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return reference.get() == null;
		});
	}

	@Test
	@Faults("H3")
	void argumentsShouldNotBeKeptInTheWorker() throws Exception {
		long before = pid();
		Failures.value(this.pool.submit(remember(new Probe())));
		assertThat(Failures.value(this.pool.submit(isForgotten()))).isTrue();
		assertThat(pid()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@Faults("H4")
	void payloadOfAHundredMegabytesShouldCross(boolean result) throws Exception {
		int size = 100_000_000;
		try (ProcessPool large = Pools.small().maxSize(1).maxHeap(450L * 1024 * 1024).build()) {
			if (result) {
				assertThat(Failures.value(large.submit(produce(size)))).hasSize(size);
			}
			else {
				assertThat(Failures.value(large.submit(measure(new byte[size])))).isEqualTo(size);
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@Faults("oom_score_adj")
	void workerShouldOfferItselfToTheKernelFirst() throws Exception {
		assertThat(Files.readString(Path.of("/proc/" + pid() + "/oom_score_adj")).trim()).isEqualTo("800");
		assertThat(Files.readString(Path.of("/proc/self/oom_score_adj")).trim()).isNotEqualTo("800");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%p.log", "fixed.log", "missing/%p.log" })
	@Faults("hs_err")
	void errorLogOfTheApplicationsChoiceShouldBeReadAndKeptAndNeverMistaken(String name) throws Exception {
		Path pattern = this.directory.resolve(name);
		try (ProcessPool own = Pools.small().maxSize(1).jvmArgs("-XX:ErrorFile=" + pattern).build()) {
			WorkerCrashedException crash = Failures.of(WorkerCrashedException.class, own.submit(Deeds.segfault()));
			Path file = Path.of(pattern.toString().replace("%p", Long.toString(crash.getPid())));
			if (name.startsWith("missing")) {
				assertThat(crash.getReport().errorLog()).isNull();
			}
			else {
				assertThat(crash.getReport().errorLog()).contains("SIGSEGV").contains("pid=" + crash.getPid());
				assertThat(file).exists();
			}
			WorkerCrashedException later = Failures.of(WorkerCrashedException.class, own.submit(Deeds.halt(1)));
			assertThat(later.getReport().errorLog()).as("the log of the earlier crash is not this one's").isNull();
			assertThat(later.getSignal()).isEmpty();
		}
		finally {
			deleteErrorLogs();
		}
	}

	/** Where the JVM cannot write its log it writes into its working directory. */
	private static void deleteErrorLogs() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(""))) {
			for (Path file : files.filter((each) -> each.toString().startsWith("hs_err_pid")).toList()) {
				Files.delete(file);
			}
		}
	}

	private long pid() {
		return Failures.value(this.pool.submit(Deeds.pid()));
	}

	private static ProcessTask<Object> raise(Throwable thrown) {
		return () -> {
			throw FaultyTasksIntegrationTests.<RuntimeException>sneaky(thrown);
		};
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
		throw (X) thrown;
	}

	private static ProcessTask<Object> raiseFrom(String directory) {
		return () -> {
			URLClassLoader loader = new URLClassLoader(new URL[] { Path.of(directory).toUri().toURL() });
			throw (RuntimeException) loader.loadClass("OnlyThere").getConstructor(String.class).newInstance("far away");
		};
	}

	private static ProcessTask<Object> trap(String how) {
		return () -> new Deeds.Trap("read", how);
	}

	private static ProcessTask<Long> self() {
		return () -> ProcessHandle.current().pid();
	}

	private static ProcessTask<String> failBeside() {
		return () -> {
			Thread beside = new Thread(() -> {
				throw new CompletionException("beside the task", null);
			});
			beside.start();
			beside.join(TimeUnit.SECONDS.toMillis(5));
			return "done";
		};
	}

	private static ProcessTask<Probe> echo(Probe probe) {
		return () -> probe;
	}

	private static ProcessTask<String> remember(Probe probe) {
		return () -> {
			Probe.last = new WeakReference<>(probe);
			return "remembered";
		};
	}

	private static ProcessTask<Boolean> isForgotten() {
		return () -> {
			for (int i = 0; i < 50 && Probe.last.get() != null; i++) {
				System.gc();
			}
			return Probe.last.get() == null;
		};
	}

	private static ProcessTask<byte[]> produce(int size) {
		return () -> new byte[size];
	}

	private static ProcessTask<Integer> measure(byte[] bytes) {
		return () -> bytes.length;
	}

	/** Something to look for in a heap. */
	static final class Probe implements Serializable {

		private static final long serialVersionUID = 1L;

		private static WeakReference<Probe> last = new WeakReference<>(null);

		@SuppressWarnings("unused")
		private final byte[] weight = new byte[100_000];

	}

	/** An exception with a field. */
	static final class Nested extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int code = Integer.parseInt("7");

		Nested(String message, Throwable cause) {
			super(message, cause);
		}

	}

}
