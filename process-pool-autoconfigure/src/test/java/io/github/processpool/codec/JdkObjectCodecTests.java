package io.github.processpool.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.protocol.PayloadOutput;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JdkObjectCodec} that know its bytes.
 */
class JdkObjectCodecTests {

	private final ValueCodec codec = new ValueCodec(SerializationCodec.JDK, TypeFilter.of(List.of()),
			getClass().getClassLoader());

	@Test
	void arrayThatClaimsMoreThanTheBodyIsRefused() {
		for (Object array : new Object[] { new Object[0x1234], new String[0x1234][],
				new ArrayList<>(filled(0x1234)) }) {
			byte[] body = encode(array);
			int claims = 0;
			for (int i = 0; i < body.length - 3; i++) {
				if (body[i] == 0 && body[i + 1] == 0 && body[i + 2] == 0x12 && body[i + 3] == 0x34) {
					body[i] = 0x7f;
					claims++;
				}
			}
			assertThat(claims).isPositive();
			assertThatExceptionOfType(TaskSerializationException.class)
				.isThrownBy(() -> this.codec.read(body, 0, "task", (index) -> "value " + index))
				.withMessageContaining("an array claims to be longer than the data");
		}
	}

	@Test
	void manyArraysThatShareTheClaimAreRefused() {
		Object[] array = new Object[1];
		Object[] nested = array;
		for (int i = 0; i < 50; i++) {
			nested = new Object[] { nested };
		}
		byte[] body = encode((Object) nested);
		// Each array claims no more than the whole body holds
		for (int i = 0; i < body.length - 3; i++) {
			if (body[i] == 0 && body[i + 1] == 0 && body[i + 2] == 0 && body[i + 3] == 1) {
				body[i + 3] = 100;
			}
		}
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(body, 0, "task", (index) -> "value " + index))
			.withMessageContaining("an array claims to be longer than the data");
	}

	private static List<String> filled(int size) {
		return Collections.nCopies(size, "x");
	}

	private byte[] encode(Object value) {
		PayloadOutput out = new PayloadOutput(Long.MAX_VALUE);
		this.codec.write(out, new Object[] { value }, "task", (index) -> "value " + index);
		return out.toPayload().toByteArray();
	}

}
