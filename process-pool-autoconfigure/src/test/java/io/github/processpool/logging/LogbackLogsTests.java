package io.github.processpool.logging;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.processpool.protocol.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link LogbackLogs} keeps of events whose names workers make up: nothing.
 */
class LogbackLogsTests {

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Logger root = this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void setUp() {
		this.appender.start();
		this.root.addAppender(this.appender);
	}

	@AfterEach
	void tearDown() {
		this.root.detachAppender(this.appender);
	}

	@Test
	void markerThatNobodyHereKnowsShouldReachAppendersAndNotBeKept() {
		publish("made.Up", "order-4711");
		assertThat(this.appender.list).singleElement()
			.satisfies((event) -> assertThat(event.getMarkerList()).extracting(Marker::getName)
				.containsExactly("order-4711"));
		assertThat(MarkerFactory.getIMarkerFactory().exists("order-4711")).isFalse();
	}

	@Test
	void markerOfTheApplicationShouldBeThatVeryOne() {
		Marker known = MarkerFactory.getMarker("known");
		publish("made.Up", "known");
		assertThat(this.appender.list.get(0).getMarkerList()).singleElement().isSameAs(known);
	}

	@Test
	void nameOfManyPartsShouldReachAppendersAndMakeNoLoggers() {
		int before = this.context.getLoggerList().size();
		String name = "a.".repeat(30_000) + "b";
		publish(name, "known");
		assertThat(this.appender.list).singleElement()
			.satisfies((event) -> assertThat(event.getLoggerName()).isEqualTo(name));
		assertThat(this.context.getLoggerList()).hasSize(before);
	}

	private void publish(String logger, String marker) {
		LogbackLogs logs = LogbackLogs.find();
		assertThat(logs).isNotNull();
		logs.publish(new LogRecord(Instant.now(), Level.ERROR.toInt() / 1000, logger, "main", "message", "task",
				Map.of(), List.of(marker), List.of(), null), Map.of());
	}

}
