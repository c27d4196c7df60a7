package io.github.processpool.codec;

import java.awt.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.processpool.ContextPropagator;
import io.github.processpool.SerializationCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContextCarrier}.
 */
class ContextCarrierTests {

	private final List<String> problems = new ArrayList<>();

	private final Recorder recorder = new Recorder("recorder");

	@Test
	void nothingCapturedShouldTakeNoBytes() {
		assertThat(carrier(this.recorder).capture(Map.of())).isSameAs(ContextCarrier.NOTHING);
		this.recorder.captured = Map.of();
		assertThat(carrier(this.recorder).capture(Map.of())).isSameAs(ContextCarrier.NOTHING);
	}

	@Test
	void valuesShouldArriveAtThePropagatorOfTheirName() {
		this.recorder.captured = Map.of("text", "grün", "list", List.of(1, 2));
		Recorder other = new Recorder("other");
		other.captured = Map.of("text", "other");
		byte[] bytes = carrier(this.recorder, other).capture(Map.of("traceparent", "00-1-2-01"));
		Recorder trace = new Recorder(ContextCarrier.TRACE);
		restore(bytes, carrier(other, trace, this.recorder)).close();
		assertThat(this.recorder.restored).hasValue(Map.of("text", "grün", "list", List.of(1, 2)));
		assertThat(other.restored).hasValue(Map.of("text", "other"));
		assertThat(trace.restored).hasValue(Map.of("traceparent", "00-1-2-01"));
		assertThat(this.recorder.closed).isTrue();
		assertThat(this.problems).isEmpty();
	}

	@Test
	void everyTaskShouldBeRestoredEvenIfNothingCame() {
		restore(ContextCarrier.NOTHING, carrier(this.recorder)).close();
		assertThat(this.recorder.restored).hasValue(Map.of());
		assertThat(this.recorder.closed).isTrue();
	}

	@Test
	void valuesThatCannotCrossShouldBeLeftOutAndToldOnce() {
		this.recorder.captured = Map.of("good", "value", "thread", new Object(), "refused", new Point(1, 2));
		ContextCarrier carrier = carrier(this.recorder);
		byte[] bytes = carrier.capture(Map.of());
		assertThat(carrier.capture(Map.of())).isEqualTo(bytes);
		restore(bytes, carrier);
		assertThat(this.recorder.restored).hasValue(Map.of("good", "value"));
		assertThat(this.problems).hasSize(2)
			.anySatisfy((text) -> assertThat(text).contains("recorder thread", "not serialisable"))
			.anySatisfy((text) -> assertThat(text).contains("recorder refused", "process-pool.serialization.allow"));
	}

	@Test
	void valueThatIsRefusedOnTheOtherSideShouldCostNoOther() {
		this.recorder.captured = Map.of("good", "value", "point", new Point(1, 2));
		ContextCarrier sender = new ContextCarrier(List.of(this.recorder), TypeFilter.of(List.of("java.awt.*")),
				new ValueCodec(SerializationCodec.FORY, TypeFilter.of(List.of("java.awt.*")),
						getClass().getClassLoader()),
				this::problem);
		restore(sender.capture(Map.of()), carrier(this.recorder));
		assertThat(this.recorder.restored).hasValue(Map.of("good", "value"));
		assertThat(this.problems).singleElement().asString().contains("recorder point");
	}

	@Test
	void hugeValueShouldBeLeftOut() {
		this.recorder.captured = Map.of("good", "value", "huge", "x".repeat(ContextWriter.LARGEST));
		restore(carrier(this.recorder).capture(Map.of()), carrier(this.recorder));
		assertThat(this.recorder.restored).hasValue(Map.of("good", "value"));
	}

	@Test
	void brokenBytesShouldBeNoProblemOfTheTask() {
		this.recorder.captured = Map.of("good", "value");
		byte[] bytes = carrier(this.recorder).capture(Map.of());
		for (int length = 0; length < bytes.length; length++) {
			byte[] cut = java.util.Arrays.copyOf(bytes, length);
			restore(cut, carrier(this.recorder)).close();
			assertThat(this.recorder.restored).hasValue(Map.of());
		}
		assertThat(this.problems).isNotEmpty();
	}

	@Test
	void failingPropagatorShouldBeNoProblemOfTheTask() {
		ContextPropagator failing = new ContextPropagator() {

			@Override
			public String name() {
				return "failing";
			}

			@Override
			public @Nullable Map<String, ?> capture() {
				throw new IllegalStateException("capture");
			}

			@Override
			public Scope restore(Map<String, Object> values, String task) {
				throw new IllegalStateException("restore");
			}

		};
		this.recorder.captured = Map.of("good", "value");
		ContextCarrier carrier = carrier(failing, this.recorder);
		restore(carrier.capture(Map.of()), carrier).close();
		assertThat(this.recorder.restored).hasValue(Map.of("good", "value"));
		assertThat(this.problems).singleElement().asString().contains("failing", "capture");
	}

	private ContextCarrier carrier(ContextPropagator... propagators) {
		TypeFilter filter = TypeFilter.of(List.of());
		return new ContextCarrier(List.of(propagators), filter,
				new ValueCodec(SerializationCodec.FORY, filter, getClass().getClassLoader()), this::problem);
	}

	private void problem(String propagator, String key, Throwable cause) {
		this.problems.add(propagator + " " + key + " " + cause);
	}

	private static ContextPropagator.Scope restore(byte[] bytes, ContextCarrier carrier) {
		byte[] body = new byte[bytes.length + 5];
		System.arraycopy(bytes, 0, body, 3, bytes.length);
		return carrier.restore(body, 3, bytes.length, "Task.call");
	}

	/**
	 * Notes what it is given.
	 */
	private static final class Recorder implements ContextPropagator {

		private final String name;

		private @Nullable Map<String, ?> captured;

		private final AtomicReference<Map<String, Object>> restored = new AtomicReference<>();

		private boolean closed;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public @Nullable Map<String, ?> capture() {
			return this.captured;
		}

		@Override
		public Scope restore(Map<String, Object> values, String task) {
			assertThat(task).isEqualTo("Task.call");
			this.restored.set(values);
			return () -> this.closed = true;
		}

	}

}
