package io.github.processpool.protocol;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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
	 * Takes an exception apart.
	 * @param throwable the exception
	 * @return its texts and stacks, with those of its causes
	 */
	public static LoggedThrowable of(Throwable throwable) {
		return of(throwable, null, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private static LoggedThrowable of(Throwable throwable, StackTraceElement @Nullable [] enclosing,
			Set<Throwable> seen) {
		String className = throwable.getClass().getName();
		if (!seen.add(throwable)) {
			return new LoggedThrowable(className, throwable.getMessage(), List.of(), 0, true, null, List.of());
		}
		StackTraceElement[] frames = throwable.getStackTrace();
		Throwable cause = throwable.getCause();
		List<LoggedThrowable> suppressed = Arrays.stream(throwable.getSuppressed())
			.map((one) -> of(one, frames, seen))
			.toList();
		return new LoggedThrowable(className, throwable.getMessage(), List.of(frames),
				(enclosing != null) ? common(frames, enclosing) : 0, false,
				(cause != null) ? of(cause, frames, seen) : null, suppressed);
	}

	private static int common(StackTraceElement[] frames, StackTraceElement[] enclosing) {
		int count = 0;
		while (count < Math.min(frames.length, enclosing.length)
				&& frames[frames.length - 1 - count].equals(enclosing[enclosing.length - 1 - count])) {
			count++;
		}
		return count;
	}

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
