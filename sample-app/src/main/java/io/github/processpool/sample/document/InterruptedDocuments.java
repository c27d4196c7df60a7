package io.github.processpool.sample.document;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Gives documents an outcome whose server was killed. A runner, so workers leave it out.
 */
@Component
class InterruptedDocuments implements ApplicationRunner {

	private final DocumentRepository repository;

	InterruptedDocuments(DocumentRepository repository) {
		this.repository = repository;
	}

	@Override
	public void run(ApplicationArguments args) {
		// A second server may be at work on the same table
		this.repository.unfinished()
			.stream()
			.filter((document) -> ProcessHandle.of(document.serverPid()).isEmpty())
			.forEach((document) -> this.repository.failed(document.id(),
					"The server (pid " + document.serverPid() + ") ended before the document was read"));
	}

}
