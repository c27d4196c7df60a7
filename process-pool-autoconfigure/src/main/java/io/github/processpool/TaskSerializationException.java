package io.github.processpool;

import org.jspecify.annotations.Nullable;

/**
 * An argument or the result of a task could not cross between the JVMs: it is not
 * serialisable, was refused by the filter, could not be read on the other side or is
 * larger than {@code max-payload-size}. The worker is not harmed. Unless the message
 * speaks of the result, the task did not run.
 *
 * @since 0.1.0
 */
public class TaskSerializationException extends ProcessPoolException {

	private static final long serialVersionUID = 1L;

	public TaskSerializationException(String message) {
		super(message);
	}

	public TaskSerializationException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
