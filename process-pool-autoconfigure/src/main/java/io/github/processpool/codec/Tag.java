package io.github.processpool.codec;

/**
 * First byte of a value on the wire: what follows.
 */
final class Tag {

	static final int NULL = 0;

	static final int FALSE = 1;

	static final int TRUE = 2;

	static final int BYTE = 3;

	static final int SHORT = 4;

	static final int CHAR = 5;

	static final int INT = 6;

	static final int LONG = 7;

	static final int FLOAT = 8;

	static final int DOUBLE = 9;

	/** A length in bytes, then one byte per character. */
	static final int STRING_LATIN1 = 10;

	/** A length in bytes, then two bytes per character. */
	static final int STRING_UTF16 = 11;

	// Arrays: the length in bytes, then the elements
	static final int BOOLEANS = 12;

	static final int BYTES = 13;

	static final int SHORTS = 14;

	static final int CHARS = 15;

	static final int INTS = 16;

	static final int LONGS = 17;

	static final int FLOATS = 18;

	static final int DOUBLES = 19;

	/** The index of an earlier value, one byte: the very same array. */
	static final int SAME = 20;

	/** An object of the graph that follows the last value. */
	static final int OBJECT = 21;

	/** A {@code byte[]}: the next of the arrays that came beside the values. */
	static final int LARGE_BYTES = 22;

	private Tag() {
	}

}
