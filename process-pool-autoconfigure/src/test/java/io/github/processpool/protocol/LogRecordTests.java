package io.github.processpool.protocol;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LogRecord}.
 */
class LogRecordTests {

	@Test
	void recordShouldRoundTrip() throws IOException {
		LoggedThrowable inner = throwable("inner", null, 3);
		LogRecord record = record("text", new LoggedThrowable("com.example.Outer", null, inner.frames(), 0, false,
				inner, List.of(throwable("suppressed", null, 1))));
		assertThat(LogRecord.decode(record.encode().toByteArray())).isEqualTo(record);
	}

	@Test
	void recordCutAtEveryByteShouldBeRefused() throws IOException {
		byte[] bytes = record("text", throwable("inner", throwable("cause", null, 1), 2)).encode().toByteArray();
		for (int length = 0; length < bytes.length; length++) {
			byte[] cut = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(IOException.class).as("cut at " + length).isThrownBy(() -> LogRecord.decode(cut));
		}
	}

	@Test
	void tooLargeRecordShouldBeSentWithLess() throws IOException {
		LoggedThrowable deep = throwable("cause", null, 1000);
		for (int i = 0; i < 10; i++) {
			deep = throwable("cause " + i, deep, 1000);
		}
		LogRecord read = LogRecord.decode(record("x".repeat(100_000), deep).encode().toByteArray());
		assertThat(read.message()).hasSizeLessThan(40_000).startsWith("xxx").endsWith("...");
		assertThat(read.throwable()).isNotNull();
		assertThat(read.throwable().describe()).isEqualTo("com.example.Failure: cause 9");
		assertThat(read.throwable().frames()).hasSize(10);
	}

	@Test
	void lengthBeyondTheBytesShouldBeRefusedBeforeMemoryIsTaken() throws IOException {
		byte[] bytes = record("text", null).encode().toByteArray();
		int lengthOfLogger = Long.BYTES + Integer.BYTES + 1;
		bytes[lengthOfLogger] = 0x7f;
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> LogRecord.decode(bytes))
			.withMessageContaining("claims");
	}

	private static LogRecord record(String message, LoggedThrowable throwable) {
		return new LogRecord(Instant.parse("2026-02-03T04:05:06.789012345Z"), 40, "com.example.Logger", "main", message,
				"Task.call", Map.of("key", "wärt"), List.of("MARKER"), List.of("a", "1"), throwable);
	}

	private static LoggedThrowable throwable(String message, LoggedThrowable cause, int frames) {
		List<StackTraceElement> stack = java.util.stream.IntStream.range(0, frames)
			.mapToObj((line) -> new StackTraceElement(null, "java.base", null, "com.example.Type", "method",
					"Type.java", line))
			.toList();
		return new LoggedThrowable("com.example.Failure", message, stack, 1, false, cause, List.of());
	}

}
