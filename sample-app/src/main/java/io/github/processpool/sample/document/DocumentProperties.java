package io.github.processpool.sample.document;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where documents are kept and how much of each.
 *
 * @param directory directory of the job table and the files, shared with the workers
 * @param maxThumbnails number of pages that get a thumbnail
 * @param thumbnailSize length of the longer side of a thumbnail in pixels
 * @param maxTextLength number of characters of text that are kept
 */
@ConfigurationProperties("documents")
record DocumentProperties(Path directory, @DefaultValue("4") int maxThumbnails, @DefaultValue("480") int thumbnailSize,
		@DefaultValue("100000") int maxTextLength) {

}
