package io.github.processpool.codec;

/**
 * What the serializers of an instance have to know about the graph at hand. Confined to
 * the thread that has the {@link ForyInstance}.
 */
final class ForyState {

	private boolean reading;

	private boolean exotic;

	private long limit;

	void beginWriting(boolean exotic, long limit) {
		this.reading = false;
		this.exotic = exotic;
		this.limit = limit;
	}

	void beginReading() {
		this.reading = true;
	}

	boolean isReading() {
		return this.reading;
	}

	/**
	 * Whether objects that only the JDK handles are embedded.
	 */
	boolean isExotic() {
		return this.exotic;
	}

	/**
	 * Largest number of bytes that may be written.
	 */
	long limit() {
		return this.limit;
	}

}
