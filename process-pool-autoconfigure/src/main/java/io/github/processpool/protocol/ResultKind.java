package io.github.processpool.protocol;

/**
 * What a RESULT frame carries; the ordinal travels in its flags.
 */
public enum ResultKind {

	/** The value that the task returned. */
	VALUE,

	/** The exception that the task threw, as an envelope. */
	THROWN,

	/**
	 * Why the arguments could not be read or the value not be written, as an envelope.
	 */
	NOT_SERIALIZABLE,

	/** The {@link OutOfMemoryError} of the task, as an envelope; the worker is spent. */
	OUT_OF_MEMORY;

	private static final ResultKind[] KINDS = values();

	/**
	 * Looks up the kind of a frame.
	 * @param flags flags of a RESULT frame
	 * @return the kind
	 * @throws ProtocolException if there is none
	 */
	public static ResultKind of(int flags) throws ProtocolException {
		if (flags < 0 || flags >= KINDS.length) {
			throw new ProtocolException("RESULT frame has unknown flags " + flags);
		}
		return KINDS[flags];
	}

}
