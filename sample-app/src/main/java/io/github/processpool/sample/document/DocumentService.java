package io.github.processpool.sample.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.processpool.ProcessPoolRejectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Takes documents, has them read by a worker and writes down what came of it.
 */
@Service
class DocumentService {

	private static final Logger logger = LoggerFactory.getLogger(DocumentService.class);

	private final DocumentRepository repository;

	private final DocumentStore store;

	private final DocumentExtractor extractor;

	DocumentService(DocumentRepository repository, DocumentStore store, DocumentExtractor extractor) {
		this.repository = repository;
		this.store = store;
		this.extractor = extractor;
	}

	/**
	 * Stores a document and sends it to a worker.
	 * @param name name of the file
	 * @param size its size in bytes
	 * @param content the file
	 * @return the document in its last state, whether that is {@link DocumentState#DONE}
	 * or {@link DocumentState#FAILED}; fails with {@link ProcessPoolRejectedException},
	 * and keeps nothing, if there is no room for it
	 * @throws IOException if the document cannot be stored
	 */
	CompletableFuture<Document> process(String name, long size, InputStream content) throws IOException {
		UUID id = UUID.randomUUID();
		this.store.save(id, content);
		this.repository.add(id, name, size, ProcessHandle.current().pid());
		return this.extractor.extract(id).handle((extraction, failure) -> {
			record(id, extraction, failure);
			return this.repository.find(id).orElseThrow();
		});
	}

	private void record(UUID id, @Nullable Extraction extraction, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof ProcessPoolRejectedException rejection) {
			forget(id);
			throw rejection;
		}
		if (extraction != null) {
			this.repository.done(id, extraction);
		}
		else {
			logger.warn("Document {} could not be read", id, cause);
			// The rest is stack traces and the like, for the log only
			this.repository.failed(id, String.valueOf(cause).lines().findFirst().orElse(""));
		}
	}

	private void forget(UUID id) {
		this.repository.remove(id);
		try {
			this.store.remove(id);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
