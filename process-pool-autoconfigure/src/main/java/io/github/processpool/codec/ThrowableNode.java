package io.github.processpool.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One exception of an envelope as plain data, which can be read where its class is not
 * known. Other exceptions are named by their number; a number is lower than that of the
 * exceptions that refer to it, but for a cause that closes a circle.
 *
 * @param className binary name of its class
 * @param message its message
 * @param text how it prints itself, or {@code null} if that is class and message
 * @param frames its stack trace, or {@code null} if it has none
 * @param cause number of its cause, or {@link #NONE}
 * @param suppressed numbers of its suppressed exceptions
 * @param object the exception itself, serialised without the others, or {@code null}
 * @param lack why there is no object, or {@code null} if there is one
 */
record ThrowableNode(String className, @Nullable String message, @Nullable String text,
		StackTraceElement @Nullable [] frames, int cause, List<Integer> suppressed, byte @Nullable [] object,
		@Nullable String lack) {

	static final int NONE = -1;

	ThrowableNode withCause(int newCause) {
		return new ThrowableNode(this.className, this.message, this.text, this.frames, newCause, this.suppressed,
				this.object, this.lack);
	}

	/**
	 * First line of its stack trace.
	 * @return class and message, or what the exception makes of them
	 */
	String headline() {
		if (this.text != null) {
			return this.text;
		}
		return (this.message != null) ? this.className + ": " + this.message : this.className;
	}

}
