package io.github.processpool.protocol;

/**
 * Exit codes by which a worker tells why it ended itself. Any other code comes from the
 * task, from a signal (128 + its number) or from the JVM.
 */
public enum ExitCode {

	/** It was told to stop. */
	OK(0),

	/** The heap was exhausted; the JVM's own code for {@code ExitOnOutOfMemoryError}. */
	OUT_OF_MEMORY(3),

	/** What it has to set up failed; the exception was sent before. */
	START_FAILED(90),

	/** The connection to the parent broke, or the parent sent nonsense. */
	CONNECTION_LOST(91),

	/** The parent process is gone. */
	PARENT_GONE(92),

	/** A task ended the JVM, and its shutdown hooks did not come to an end. */
	SHUTDOWN_HUNG(93);

	private final int code;

	ExitCode(int code) {
		this.code = code;
	}

	/**
	 * The number.
	 * @return exit code of the process
	 */
	public int code() {
		return this.code;
	}

}
