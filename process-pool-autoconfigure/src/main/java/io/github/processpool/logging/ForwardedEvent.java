package io.github.processpool.logging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.github.processpool.protocol.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * An event of a worker as appenders see it.
 */
final class ForwardedEvent extends LoggingEvent {

	private static final StackTraceElement[] NO_CALLER = {};

	private final @Nullable IThrowableProxy throwable;

	private ForwardedEvent(@Nullable IThrowableProxy throwable) {
		this.throwable = throwable;
	}

	static ForwardedEvent of(LogRecord source, Level level, Map<String, String> tags, LoggerContext context) {
		ForwardedEvent event = new ForwardedEvent(ForwardedThrowable.of(source.throwable()));
		event.setLoggerContextRemoteView(context.getLoggerContextRemoteView());
		event.setLoggerName(source.logger());
		event.setLevel(level);
		event.setMessage(source.message());
		event.setThreadName(source.thread());
		event.setInstant(source.time());
		Map<String, String> mdc = new HashMap<>(source.mdc());
		mdc.putAll(tags);
		event.setMDCPropertyMap(mdc);
		source.markers().forEach((name) -> event.addMarker(marker(name)));
		List<String> pairs = source.pairs();
		for (int i = 0; i + 1 < pairs.size(); i += 2) {
			event.addKeyValuePair(new KeyValuePair(pairs.get(i), pairs.get(i + 1)));
		}
		event.setCallerData(NO_CALLER);
		return event;
	}

	/**
	 * Only markers of the application's own are kept for ever.
	 */
	private static Marker marker(String name) {
		IMarkerFactory known = MarkerFactory.getIMarkerFactory();
		return known.exists(name) ? known.getMarker(name) : known.getDetachedMarker(name);
	}

	@Override
	public @Nullable IThrowableProxy getThrowableProxy() {
		return this.throwable;
	}

}
