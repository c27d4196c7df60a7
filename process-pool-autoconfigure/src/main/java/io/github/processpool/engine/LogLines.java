package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.processpool.protocol.LogRecord;
import io.github.processpool.protocol.LoggedThrowable;

/**
 * A log event as the few lines that a crash report shows of it.
 */
final class LogLines {

	private static final int MOST_LINES = 10;

	private static final int LONGEST_LINE = 1000;

	private static final int FRAMES = 3;

	private LogLines() {
	}

	static List<String> of(LogRecord event) {
		List<String> lines = new ArrayList<>(1);
		add(lines, level(event.level()) + " " + event.logger() + " - " + event.message());
		String prefix = "";
		for (LoggedThrowable next = event.throwable(); next != null && lines.size() < MOST_LINES; next = next.cause()) {
			add(lines, prefix + next.describe());
			next.frames().stream().limit(FRAMES).forEach((frame) -> add(lines, "\tat " + frame));
			prefix = "Caused by: ";
		}
		return lines;
	}

	private static void add(List<String> lines, String text) {
		if (text.indexOf('\n') < 0) {
			addLine(lines, text);
		}
		else {
			text.lines().limit(MOST_LINES).forEach((line) -> addLine(lines, line));
		}
	}

	private static void addLine(List<String> lines, String line) {
		if (lines.size() < MOST_LINES) {
			lines.add((line.length() <= LONGEST_LINE) ? line : line.substring(0, LONGEST_LINE));
		}
	}

	private static String level(int level) {
		return switch (level) {
			case 0 -> "TRACE";
			case 10 -> "DEBUG";
			case 20 -> "INFO";
			case 30 -> "WARN";
			default -> "ERROR";
		};
	}

}
