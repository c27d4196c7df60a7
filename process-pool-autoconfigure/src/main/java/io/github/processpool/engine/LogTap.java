package io.github.processpool.engine;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.ProtocolException;

/**
 * Takes what one worker tells of itself in passing: what it logs, and spans. Called by
 * whoever reads its control channel, one thread at a time; never waits.
 */
interface LogTap {

	/** Lets everything run off. */
	LogTap NONE = (frame) -> {
	};

	/**
	 * Takes a LOG or SPAN frame.
	 * @throws ProtocolException if it is neither
	 */
	void logged(Frame frame) throws ProtocolException;

	/**
	 * Nothing more will come.
	 */
	default void closed(WorkerConnection connection) {
	}

}
