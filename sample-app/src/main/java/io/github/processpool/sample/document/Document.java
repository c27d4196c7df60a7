package io.github.processpool.sample.document;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A row of the job table.
 *
 * @param id key of the document
 * @param name name of the uploaded file
 * @param size its size in bytes
 * @param state how far it has come
 * @param pid process that read it, {@code null} while it waits for one
 * @param serverPid process that took the upload
 * @param pages number of pages, {@code null} until it is known
 * @param thumbnails number of thumbnails, starting at page 1
 * @param text what was read, or the beginning of it
 * @param reason why it failed
 * @param uploadedAt when it came
 * @param finishedAt when its outcome was known
 */
record Document(UUID id, String name, long size, DocumentState state, @Nullable Long pid, long serverPid,
		@Nullable Integer pages, int thumbnails, @Nullable String text, @Nullable String reason, Instant uploadedAt,
		@Nullable Instant finishedAt) {

}
