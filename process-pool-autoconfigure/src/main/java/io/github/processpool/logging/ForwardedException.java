package io.github.processpool.logging;

import io.github.processpool.protocol.LoggedThrowable;
import org.jspecify.annotations.Nullable;

/**
 * An exception of a worker for logging systems that want an object: its class need not
 * exist here, so only its texts and stacks are those of the original.
 */
@SuppressWarnings("serial") // Nobody sends it anywhere
final class ForwardedException extends Exception {

	private final String description;

	ForwardedException(LoggedThrowable source) {
		super(source.message(), cause(source.cause()), true, true);
		this.description = source.cyclic() ? "[CIRCULAR REFERENCE: " + source.describe() + "]" : source.describe();
		setStackTrace(source.frames().toArray(StackTraceElement[]::new));
		source.suppressed().forEach((suppressed) -> addSuppressed(new ForwardedException(suppressed)));
	}

	private static @Nullable ForwardedException cause(@Nullable LoggedThrowable source) {
		return (source != null) ? new ForwardedException(source) : null;
	}

	/** Where appenders take the class and the message from. */
	@Override
	public String toString() {
		return this.description;
	}

}
