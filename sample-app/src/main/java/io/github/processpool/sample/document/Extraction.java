package io.github.processpool.sample.document;

import java.io.Serial;
import java.io.Serializable;

/**
 * What a worker found in a document.
 *
 * @param pid the process that read it
 * @param pages number of pages
 * @param thumbnails number of pages that have a thumbnail
 * @param text the text, or the beginning of a long one
 */
record Extraction(long pid, int pages, int thumbnails, String text) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

}
