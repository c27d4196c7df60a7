package io.github.processpool.codec;

/**
 * How much of an exception goes into its envelope.
 *
 * @param objects whether the exceptions themselves go along with the plain data
 * @param text longest message in characters
 * @param frames most stack frames of an exception
 * @param exceptions most exceptions
 */
record EnvelopeSize(boolean objects, int text, int frames, int exceptions) {

	/** From what is wanted to what fits into next to nothing. */
	static final EnvelopeSize[] SIZES = { new EnvelopeSize(true, Integer.MAX_VALUE, 1024, 256),
			new EnvelopeSize(true, 8192, 256, 64), new EnvelopeSize(false, 8192, 256, 64),
			new EnvelopeSize(false, 1024, 32, 8), new EnvelopeSize(false, 64, 0, 1) };

}
