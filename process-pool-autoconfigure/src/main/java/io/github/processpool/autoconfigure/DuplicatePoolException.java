package io.github.processpool.autoconfigure;

/**
 * Two beans are pools of one name.
 */
final class DuplicatePoolException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String description;

	private final String action;

	DuplicatePoolException(String bean, String other, String pool) {
		this("Beans '" + other + "' and '" + bean + "' are both a pool named '" + pool + "'.",
				"Give each a name of its own, as by ProcessPool.builder().name(\"" + bean + "\").");
	}

	private DuplicatePoolException(String description, String action) {
		super(description + " " + action);
		this.description = description;
		this.action = action;
	}

	String getDescription() {
		return this.description;
	}

	String getAction() {
		return this.action;
	}

}
