package io.github.processpool.engine;

/**
 * Takes spans that ended in workers. Called by one thread of each pool, which may wait.
 */
@FunctionalInterface
public interface SpanSink {

	/** Lets spans run off. */
	SpanSink NONE = (span) -> {
	};

	/**
	 * A span ended.
	 * @param span the span, in the form that the worker's side of the sink gave it
	 */
	void ended(byte[] span);

}
