package io.github.processpool;

/**
 * How the arguments and results of tasks become bytes. Scalars, strings and arrays of
 * primitives need none of these.
 *
 * @since 0.1.0
 */
public enum SerializationCodec {

	/**
	 * Apache Fory, many times faster. Classes of the application need not be
	 * {@code Serializable}; what their own serialisation methods do is left to the JDK.
	 */
	FORY,

	/** The serialisation of the JDK. Classes have to be {@code Serializable}. */
	JDK

}
