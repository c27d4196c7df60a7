package io.github.processpool.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An exception as it was logged: nothing of it is an object of its class.
 *
 * @param className name of its class
 * @param message its message
 * @param frames its stack
 * @param commonFrames number of frames, the last, that it shares with the one that it is
 * the cause of
 * @param cyclic whether it occurred before, so that it is only named
 * @param cause its cause
 * @param suppressed what it suppressed
 */
public record LoggedThrowable(String className, @Nullable String message, List<StackTraceElement> frames,
		int commonFrames, boolean cyclic, @Nullable LoggedThrowable cause, List<LoggedThrowable> suppressed) {

	/**
	 * First line of its stack trace.
	 * @return class and message
	 */
	public String describe() {
		return (this.message != null) ? this.className + ": " + this.message : this.className;
	}

	/**
	 * Leaves the stack out.
	 * @param keep number of frames to keep
	 * @return a smaller one
	 */
	LoggedThrowable trim(int keep) {
		return new LoggedThrowable(this.className, this.message,
				this.frames.subList(0, Math.min(keep, this.frames.size())), 0, this.cyclic,
				(this.cause != null) ? this.cause.trim(keep) : null, List.of());
	}

}
