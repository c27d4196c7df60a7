package io.github.processpool.engine;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.processpool.ProcessPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DefaultProcessPoolBuilder}. No pool starts a worker here.
 */
class DefaultProcessPoolBuilderTests {

	@SuppressWarnings("NullAway") // as callers may
	static Stream<Arguments> bad() {
		return Stream.of(call("name is null but has to be given", (pool) -> pool.name(null)),
				call("name is 'a b' but has to be up to 64 letters, digits, '-' and '_', the first a letter or digit",
						(pool) -> pool.name("a b")),
				call("coreSize is -1 but has to be at least 0", (pool) -> pool.coreSize(-1)),
				call("maxSize is 0 but has to be at least 1", (pool) -> pool.maxSize(0)),
				call("keepAlive is null but has to be given", (pool) -> pool.keepAlive(null)),
				call("keepAlive is PT-1S but must not be negative", (pool) -> pool.keepAlive(Duration.ofSeconds(-1))),
				call("startupTimeout is 0 but has to be positive", (pool) -> pool.startupTimeout(Duration.ZERO)),
				call("maxMemory is -1 but has to be at least 0, where 0 means no limit", (pool) -> pool.maxMemory(-1)),
				call("maxRetainedHeap is -1 but has to be at least 0, where 0 means no limit",
						(pool) -> pool.maxRetainedHeap(-1)),
				call("maxPayloadSize is 3221225472 but must be below 2 GB", (pool) -> pool.maxPayloadSize(3L << 30)),
				call("maxHeap is 1048576 bytes but has to be at least 16 MB, or 0 to have it computed",
						(pool) -> pool.maxHeap(1 << 20)),
				call("name of environment is 'A=B' but has to have at least one character and no '=': name and value are"
						+ " two arguments", (pool) -> pool.environment("A=B", "")),
				call("name of environment is null but has to be given", (pool) -> pool.environment(null, "")),
				call("value of environment 'A' is null but has to be given", (pool) -> pool.environment("A", null)),
				call("element 1 of jvmArgs is null but has to be given", (pool) -> pool.jvmArgs("-Xint", null)),
				call("'-Xss1m -Xint', element 1 of jvmArgs, cannot be an option of workers: it holds more than one"
						+ " option or value. Make each an element of its own",
						(pool) -> pool.jvmArgs("-Xmx64m", "-Xss1m -Xint")),
				call("'@opts', element 0 of jvmArgs, cannot be an option of workers: files of options are not expanded"
						+ " for workers. Put the options that are in the file in its place",
						(pool) -> pool.jvmArgs("@opts")),
				call("allow: 'com.**.Foo' is no pattern of types. Write a class such as 'com.example.Foo', a package such"
						+ " as 'com.example.*', or a package and all below it such as 'com.example.**'.",
						(pool) -> pool.allow("com.**.Foo")),
				call("listener is null but has to be given", (pool) -> pool.listener(null)),
				call("maxSize is 2 but has to be at least coreSize, which is 3",
						(pool) -> pool.coreSize(3).maxSize(2).build()));
	}

	private static Arguments call(String message, Consumer<ProcessPool.Builder> call) {
		return Arguments.of(message, call);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("bad")
	void badValueShouldBeRefusedAtOnce(String message, Consumer<ProcessPool.Builder> call) {
		assertThatIllegalArgumentException().isThrownBy(() -> call.accept(ProcessPool.builder())).withMessage(message);
	}

	@Test
	void zeroShouldMeanWhatItMeansInProperties() {
		try (ProcessPool pool = ProcessPool.builder()
			.coreSize(0)
			.maxHeap(0)
			.maxMemory(0)
			.maxRetainedHeap(0)
			.taskTimeout(Duration.ZERO)
			.build()) {
			assertThat(pool.configuration().orElseThrow().worker().maxHeap()).as("computed").isPositive();
		}
	}

}
