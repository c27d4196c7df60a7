package io.github.processpool.codec;

import org.jspecify.annotations.Nullable;

/**
 * The root of a graph: all values of a list. Confined to the thread that has its
 * {@link ForyInstance}.
 */
final class ForyValues {

	private static final Object[] NONE = new Object[0];

	@Nullable Object[] values = NONE;

	/** Which of them is being written or read. */
	int index;

	/** Length of the encoded graph that is being read. */
	int length;

	void begin(@Nullable Object[] values, int length) {
		this.values = values;
		this.length = length;
		this.index = 0;
	}

	/** The instance lives on, the values must not because of that. */
	void end() {
		this.values = NONE;
	}

}
