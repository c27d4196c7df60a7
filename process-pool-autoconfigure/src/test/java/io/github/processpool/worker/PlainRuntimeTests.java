package io.github.processpool.worker;

import java.io.IOException;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.protocol.MethodCoordinates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PlainRuntime}.
 */
class PlainRuntimeTests {

	private final PlainRuntime runtime = new PlainRuntime();

	@Test
	void staticMethodIsCalled() throws Throwable {
		assertThat(call(Sums.class, "twice", "(I)I", 21)).isEqualTo(42);
	}

	@Test
	void instanceIsMadeOncePerWorker() throws Throwable {
		assertThat(call(Sums.class, "add", "(I)I", 1)).isEqualTo(1);
		assertThat(call(Sums.class, "add", "(I)I", 2)).isEqualTo(3);
	}

	@Test
	void exceptionOfTheMethodIsThrownAsItIs() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(Sums.class, "fail", "()V"))
			.withMessage("failed");
	}

	@Test
	void exceptionOfTheConstructorIsThrownAsItIs() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(FailsToStart.class, "any", "()V"))
			.withMessage("no start");
	}

	@Test
	void classWithoutDefaultConstructorIsNamedWithTheRemedy() {
		assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> call(Needy.class, "any", "()V"))
			.withMessageContaining("Bean 'bean'")
			.withMessageContaining(Needy.class.getName())
			.withMessageContaining("'process-pool.worker.context'");
	}

	@Test
	void missingMethodIsNamed() {
		assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> call(Sums.class, "twice", "(J)J", 1L))
			.withMessageContaining("'twice(J)J'")
			.withMessageContaining(Sums.class.getName());
	}

	private @Nullable Object call(Class<?> type, String method, String descriptor, Object... arguments)
			throws Throwable {
		return this.runtime.invoke(new MethodCoordinates("bean", type.getName(), method, descriptor), arguments);
	}

	static class Sums {

		private int sum;

		static int twice(int number) {
			return 2 * number;
		}

		int add(int number) {
			this.sum += number;
			return this.sum;
		}

		void fail() throws IOException {
			throw new IOException("failed");
		}

	}

	static class FailsToStart {

		FailsToStart() throws IOException {
			throw new IOException("no start");
		}

		void any() {
		}

	}

	static class Needy {

		Needy(String need) {
		}

		void any() {
		}

	}

}
