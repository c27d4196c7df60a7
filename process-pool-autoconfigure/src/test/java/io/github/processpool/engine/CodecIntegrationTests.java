package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskSerializationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values that cross into real workers with each codec.
 */
@Timeout(60)
@ExtendWith(NothingLeftBehind.class)
class CodecIntegrationTests {

	@ParameterizedTest
	@EnumSource(SerializationCodec.class)
	void valuesShouldCross(SerializationCodec codec) throws Exception {
		try (ProcessPool pool = Pools.small().codec(codec).build()) {
			ArrayList<Object> sent = new ArrayList<>(List.of(1, "two", Map.of("three", List.of(3.0))));
			ProcessTask<Object> echo = () -> sent;
			for (int i = 0; i < 10; i++) {
				assertThat(pool.submit(echo).get(30, TimeUnit.SECONDS)).isEqualTo(sent);
			}
		}
	}

	@Test
	void resultNeedNotBeSerialisable() throws Exception {
		try (ProcessPool pool = Pools.small().build()) {
			Plain sent = new Plain("sent");
			ProcessTask<Plain> task = () -> new Plain(sent.name() + " and returned");
			assertThat(pool.submit(task).get(30, TimeUnit.SECONDS)).isEqualTo(new Plain("sent and returned"));
		}
		try (ProcessPool pool = Pools.small().codec(SerializationCodec.JDK).build()) {
			ProcessTask<Plain> task = () -> new Plain("x");
			assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
				.isThrownBy(() -> pool.submit(task).get(30, TimeUnit.SECONDS))
				.havingCause()
				.isInstanceOf(TaskSerializationException.class)
				.withMessageContaining("Plain is not Serializable");
		}
	}

	@Test
	void workerShouldPrintNothing() throws Exception {
		Logger logger = (Logger) LoggerFactory.getLogger("processpool.silent");
		ListAppender<ILoggingEvent> printed = new ListAppender<>();
		printed.list = new CopyOnWriteArrayList<>();
		printed.start();
		logger.addAppender(printed);
		logger.setLevel(Level.INFO);
		try (ProcessPool pool = Pools.small().name("silent").maxSize(1).build()) {
			ProcessTask<Plain> task = () -> new Plain("x");
			assertThat(pool.submit(task).get(30, TimeUnit.SECONDS)).isEqualTo(new Plain("x"));
			ProcessTask<String> loud = () -> {
				System.err.println("said by the task");
				return "";
			};
			pool.submit(loud).get(30, TimeUnit.SECONDS);
			// Whatever it had printed before comes first
			Awaitility.await().until(() -> !printed.list.isEmpty());
			assertThat(printed.list.get(0).getFormattedMessage()).contains("said by the task");
		}
		finally {
			logger.detachAppender(printed);
			logger.setLevel(Level.OFF);
		}
	}

	/** Not serialisable. */
	record Plain(String name) {
	}

}
