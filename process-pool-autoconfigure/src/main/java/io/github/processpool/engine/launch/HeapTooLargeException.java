package io.github.processpool.engine.launch;

/**
 * Not even one worker with the heap that it is to have fits into memory.
 *
 * @since 0.1.0
 */
public final class HeapTooLargeException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String description;

	private final String action;

	HeapTooLargeException(String description, String action) {
		super(description + " " + action);
		this.description = description;
		this.action = action;
	}

	/**
	 * What does not fit.
	 * @return a sentence with figures
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * What to do about it.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
