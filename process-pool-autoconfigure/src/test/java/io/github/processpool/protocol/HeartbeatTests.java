package io.github.processpool.protocol;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The message that workers tell of themselves with.
 */
class HeartbeatTests {

	private static final Heartbeat HEARTBEAT = new Heartbeat(1, 2, -1, 4, 5, 6, 7, Long.MAX_VALUE, 9);

	@Test
	void messageShouldRoundTrip() throws ProtocolException {
		assertThat(Heartbeat.decode(HEARTBEAT.encode().toByteArray())).isEqualTo(HEARTBEAT);
	}

	@Test
	void messageCutAtAnyByteShouldBeRefused() {
		byte[] body = HEARTBEAT.encode().toByteArray();
		for (int length = 0; length < body.length; length++) {
			byte[] cut = Arrays.copyOf(body, length);
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Heartbeat.decode(cut))
				.withMessage("a PONG frame has " + length + " bytes, not " + body.length);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 65_536 })
	void messageThatIsTooLongShouldBeRefused(int more) {
		byte[] body = HEARTBEAT.encode().toByteArray();
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Heartbeat.decode(Arrays.copyOf(body, body.length + more)));
	}

}
