package io.github.processpool.sample.document;

/**
 * How far a document has come.
 */
enum DocumentState {

	/** Waits for a worker. */
	QUEUED,

	/** Is being read in a worker. */
	RUNNING,

	/** Has its text and its thumbnails. */
	DONE,

	/** Could not be read. */
	FAILED

}
