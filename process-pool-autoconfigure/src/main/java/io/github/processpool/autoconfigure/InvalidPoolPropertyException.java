package io.github.processpool.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * A value of our properties is wrong, and it takes more than another value to mend that.
 */
final class InvalidPoolPropertyException extends InvalidConfigurationPropertyValueException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Creates the exception.
	 * @param name name of the property
	 * @param value its value
	 * @param reason what is wrong, a sentence
	 * @param action what to do about it, a sentence
	 */
	InvalidPoolPropertyException(String name, @Nullable Object value, String reason, String action) {
		super(name, value, reason);
		this.action = action;
	}

	String getAction() {
		return this.action;
	}

	@Override
	public String getMessage() {
		return super.getMessage() + " " + this.action;
	}

}
