package io.github.processpool.codec;

import java.io.Serializable;

/**
 * Stands for a part of the plain data in the object bytes of an exception.
 *
 * @param kind what it stands for
 * @param index number of the exception, where it stands for one
 */
record ThrowablePlaceholder(Kind kind, int index) implements Serializable {

	/** What a placeholder stands for. */
	enum Kind {

		/** Another exception. */
		THROWABLE,

		/** An exception that was left out. */
		OMITTED,

		/** The message of this exception. */
		MESSAGE,

		/** The stack trace of this exception. */
		FRAMES

	}

	static boolean isPart(Class<?> type) {
		return type == ThrowablePlaceholder.class || type == Kind.class;
	}

}
