package io.github.processpool.worker.logging;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.protocol.LogRecord;
import io.github.processpool.protocol.LoggedThrowable;
import io.github.processpool.worker.LogBridge;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * Turns events of Log4j into records for the parent.
 */
final class Log4jAppender extends AbstractAppender {

	private final LogBridge.Output output;

	Log4jAppender(LogBridge.Output output) {
		super("parent", null, null, true, Property.EMPTY_ARRAY);
		this.output = output;
	}

	@Override
	public void append(LogEvent event) {
		if (this.output.admits()) {
			this.output.send(record(event));
		}
	}

	private static LogRecord record(LogEvent event) {
		Instant time = Instant.ofEpochSecond(event.getInstant().getEpochSecond(), event.getInstant().getNanoOfSecond());
		Map<String, String> mdc = new HashMap<>(event.getContextData().toMap());
		mdc.values().removeIf((value) -> value == null);
		Marker marker = event.getMarker();
		Throwable thrown = event.getThrown();
		return new LogRecord(time, level(event.getLevel()), String.valueOf(event.getLoggerName()),
				String.valueOf(event.getThreadName()), String.valueOf(event.getMessage().getFormattedMessage()), "",
				mdc, (marker != null) ? List.of(marker.getName()) : List.of(), List.of(),
				(thrown != null) ? LoggedThrowable.of(thrown) : null);
	}

	private static int level(Level level) {
		return switch (level.getStandardLevel()) {
			case ALL, TRACE -> 0;
			case DEBUG -> 10;
			case INFO -> 20;
			case WARN -> 30;
			case ERROR, FATAL, OFF -> 40;
		};
	}

}
