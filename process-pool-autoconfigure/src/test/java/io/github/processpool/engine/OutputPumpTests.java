package io.github.processpool.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.processpool.protocol.TokenBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of printed lines.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutputPumpTests {

	@Test
	void linesBeyondTheLimitShouldBeCountedAndItsNameBeTold(CapturedOutput output) {
		OutputPump pump = pump("line\n".repeat(20) + "l\u00e4st\r\n");
		assertThat(pump.tail(10_000)).hasSize(21).first().isEqualTo("line");
		assertThat(pump.tail(10_000)).last().isEqualTo("l\u00e4st");
		assertThat(output.getAll())
			.contains("lines were dropped: they came faster than 'process-pool.pools.x.logging.rate-limit' allows");
	}

	@Test
	void tailShouldBeTheLastLines() {
		assertThat(pump("first\n" + "\n".repeat(50) + "cut").tail(10_000)).isEqualTo(tailOf(39, "cut"));
	}

	private static List<String> tailOf(int empty, String last) {
		return Stream.concat(Stream.generate(() -> "").limit(empty), Stream.of(last)).toList();
	}

	private static OutputPump pump(String printed) {
		OutputPump pump = new OutputPump(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), null,
				LoggerFactory.getLogger("printed.by.a.worker"), new TokenBucket(1),
				"'process-pool.pools.x.logging.rate-limit'", Map.of());
		pump.start(Thread::new);
		return pump;
	}

}
