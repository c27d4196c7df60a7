package io.github.processpool.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.PayloadOutput;
import org.slf4j.LoggerFactory;

/**
 * The end of a worker that was started only for the JVM to note which classes workers
 * load. Runs nothing of the application's beyond what the start of a worker runs.
 */
final class Training {

	private static final long LARGEST = 64 * 1024;

	private Training() {
	}

	/**
	 * Does with values of the library's own what tasks do with theirs.
	 */
	static void rehearse(ValueCodec values, ThrowableCodec throwables) {
		try {
			List<Object> sample = new ArrayList<>(List.of("text", 1, 2L, true, new byte[8], new String[] { "x" }));
			sample.add(Map.of("key", List.of(1.5)));
			PayloadOutput out = new PayloadOutput(LARGEST);
			values.write(out, new Object[] { sample, "text", 1 }, "training", (index) -> "argument " + index);
			values.read(out.toPayload().toByteArray(), 0, "training", (index) -> "argument " + index);
			throwables.encode(new IllegalStateException("training", new RuntimeException()), LARGEST);
			Vitals.read();
		}
		catch (RuntimeException ex) {
			LoggerFactory.getLogger(Training.class).debug("rehearsed in part only", ex);
		}
	}

}
