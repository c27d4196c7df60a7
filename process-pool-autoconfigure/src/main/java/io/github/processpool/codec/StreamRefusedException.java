package io.github.processpool.codec;

import java.io.InvalidObjectException;

import org.jspecify.annotations.Nullable;

/**
 * The filter refused a class or a size in an object stream.
 */
final class StreamRefusedException extends InvalidObjectException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String refusedClass;

	StreamRefusedException(String reason, @Nullable Class<?> refusedClass) {
		super(reason);
		this.refusedClass = (refusedClass != null) ? refusedClass.getName() : null;
	}

	/**
	 * A class is refused.
	 * @param type the class, or an array of it
	 * @return the exception
	 */
	static StreamRefusedException of(Class<?> type) {
		Class<?> refused = type;
		while (refused.isArray()) {
			refused = refused.getComponentType();
		}
		return new StreamRefusedException(refused.getName() + " is refused by the filter", refused);
	}

	/**
	 * Name of the class that was refused.
	 * @return the name, or {@code null} if a size was refused
	 */
	@Nullable String refusedClass() {
		return this.refusedClass;
	}

}
