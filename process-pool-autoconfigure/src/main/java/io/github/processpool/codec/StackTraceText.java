package io.github.processpool.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Prints exceptions that exist as plain data only, in the form of
 * {@link Throwable#printStackTrace()}.
 */
final class StackTraceText {

	/** Every exception of a long chain that cannot be rebuilt has a text of its own. */
	private static final int MAX_LENGTH = 64 * 1024;

	private static final StackTraceElement[] NO_FRAMES = {};

	private final List<ThrowableNode> nodes;

	private final Set<Integer> printed = new HashSet<>();

	private final StringBuilder text = new StringBuilder();

	private StackTraceText(List<ThrowableNode> nodes) {
		this.nodes = nodes;
	}

	static String of(List<ThrowableNode> nodes, int number) {
		StackTraceText text = new StackTraceText(nodes);
		text.print(number, "", "", NO_FRAMES);
		return text.text.toString();
	}

	private void print(int number, String indent, String caption, StackTraceElement[] enclosing) {
		if (isFull()) {
			return;
		}
		ThrowableNode node = this.nodes.get(number);
		this.text.append(indent).append(caption);
		if (!this.printed.add(number)) {
			this.text.append("[CIRCULAR REFERENCE: ").append(node.headline()).append("]\n");
			return;
		}
		this.text.append(node.headline()).append('\n');
		StackTraceElement[] frames = framesOf(node);
		int common = common(frames, enclosing);
		for (int i = 0; i < frames.length - common && !isFull(); i++) {
			this.text.append(indent).append("\tat ").append(frames[i]).append('\n');
		}
		if (isFull()) {
			this.text.append(indent).append("\t...\n");
			return;
		}
		if (common > 0) {
			this.text.append(indent).append("\t... ").append(common).append(" more\n");
		}
		for (int suppressed : node.suppressed()) {
			print(suppressed, indent + "\t", "Suppressed: ", frames);
		}
		if (node.cause() != ThrowableNode.NONE) {
			print(node.cause(), indent, "Caused by: ", frames);
		}
	}

	private boolean isFull() {
		return this.text.length() > MAX_LENGTH;
	}

	private static StackTraceElement[] framesOf(ThrowableNode node) {
		StackTraceElement @Nullable [] frames = node.frames();
		return (frames != null) ? frames : NO_FRAMES;
	}

	private static int common(StackTraceElement[] frames, StackTraceElement[] enclosing) {
		int count = 0;
		while (count < frames.length && count < enclosing.length
				&& frames[frames.length - 1 - count].equals(enclosing[enclosing.length - 1 - count])) {
			count++;
		}
		return count;
	}

}
