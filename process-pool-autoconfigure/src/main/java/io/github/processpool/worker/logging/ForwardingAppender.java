package io.github.processpool.worker.logging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.github.processpool.protocol.LogRecord;
import io.github.processpool.protocol.LoggedThrowable;
import io.github.processpool.worker.LogBridge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Turns events of Logback into records for the parent.
 */
final class ForwardingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private final LogBridge.Output output;

	ForwardingAppender(LogBridge.Output output) {
		this.output = output;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (this.output.admits()) {
			this.output.send(record(event));
		}
	}

	private static LogRecord record(ILoggingEvent event) {
		return new LogRecord(event.getInstant(), level(event.getLevel()), event.getLoggerName(),
				String.valueOf(event.getThreadName()), String.valueOf(event.getFormattedMessage()), "", mdc(event),
				markers(event), pairs(event), throwable(event.getThrowableProxy()));
	}

	private static int level(Level level) {
		return switch (level.toInt()) {
			case Level.TRACE_INT -> 0;
			case Level.DEBUG_INT -> 10;
			case Level.INFO_INT -> 20;
			case Level.WARN_INT -> 30;
			default -> 40;
		};
	}

	private static Map<String, String> mdc(ILoggingEvent event) {
		Map<String, String> mdc = event.getMDCPropertyMap();
		if (mdc == null || mdc.isEmpty()) {
			return Map.of();
		}
		Map<String, String> copy = new HashMap<>(mdc);
		copy.values().removeIf((value) -> value == null);
		return copy;
	}

	private static List<String> markers(ILoggingEvent event) {
		List<Marker> markers = event.getMarkerList();
		return (markers != null) ? markers.stream().map(Marker::getName).toList() : List.of();
	}

	private static List<String> pairs(ILoggingEvent event) {
		List<KeyValuePair> pairs = event.getKeyValuePairs();
		if (pairs == null || pairs.isEmpty()) {
			return List.of();
		}
		List<String> texts = new ArrayList<>();
		for (KeyValuePair pair : pairs) {
			texts.add(String.valueOf(pair.key));
			texts.add(String.valueOf(pair.value));
		}
		return texts;
	}

	private static @Nullable LoggedThrowable throwable(@Nullable IThrowableProxy proxy) {
		if (proxy == null) {
			return null;
		}
		List<StackTraceElement> frames = List.of();
		StackTraceElementProxy[] stack = proxy.getStackTraceElementProxyArray();
		if (stack != null) {
			frames = Arrays.stream(stack).map(StackTraceElementProxy::getStackTraceElement).toList();
		}
		List<LoggedThrowable> suppressed = new ArrayList<>();
		IThrowableProxy[] others = proxy.getSuppressed();
		if (others != null) {
			for (IThrowableProxy other : others) {
				LoggedThrowable one = throwable(other);
				if (one != null) {
					suppressed.add(one);
				}
			}
		}
		return new LoggedThrowable(proxy.getClassName(), proxy.getMessage(), frames, proxy.getCommonFrames(),
				proxy.isCyclic(), throwable(proxy.getCause()), suppressed);
	}

}
