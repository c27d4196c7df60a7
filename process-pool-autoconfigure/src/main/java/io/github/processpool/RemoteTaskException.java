package io.github.processpool;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of a task that cannot be rebuilt in this JVM: its class is
 * missing here or is refused by the filter, or its fields cannot cross. The stack trace
 * is that of the original.
 *
 * @since 0.1.0
 */
public class RemoteTaskException extends ProcessPoolException {

	private static final long serialVersionUID = 1L;

	private final String remoteClassName;

	private final @Nullable String remoteMessage;

	private final String remoteStackTrace;

	public RemoteTaskException(String message, @Nullable Throwable cause, String remoteClassName,
			@Nullable String remoteMessage, String remoteStackTrace) {
		super(message, cause);
		this.remoteClassName = remoteClassName;
		this.remoteMessage = remoteMessage;
		this.remoteStackTrace = remoteStackTrace;
	}

	/**
	 * Class of the original exception.
	 * @return the binary name of a class
	 */
	public String getRemoteClassName() {
		return this.remoteClassName;
	}

	/**
	 * Message of the original exception.
	 * @return the message, or {@code null} if it had none
	 */
	public @Nullable String getRemoteMessage() {
		return this.remoteMessage;
	}

	/**
	 * The original exception as it prints itself, causes included.
	 * @return the stack trace as text
	 */
	public String getRemoteStackTrace() {
		return this.remoteStackTrace;
	}

}
