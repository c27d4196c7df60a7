package io.github.processpool.worker;

import java.util.List;

import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import org.slf4j.LoggerFactory;

/**
 * Loads what the first task will need, beside the start of the context.
 */
final class WarmUp {

	private WarmUp() {
	}

	static void start(SerializationCodec codec) {
		Thread thread = new Thread(() -> run(codec), "processpool-codec");
		thread.setDaemon(true);
		thread.start();
	}

	private static void run(SerializationCodec codec) {
		try {
			new ValueCodec(codec, TypeFilter.of(List.of()), WarmUp.class.getClassLoader()).warmUp();
		}
		catch (RuntimeException ex) {
			// The first task that needs it will say more
			LoggerFactory.getLogger(WarmUp.class).debug("the codec is not warm", ex);
		}
	}

}
