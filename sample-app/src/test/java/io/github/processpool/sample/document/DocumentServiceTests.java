package io.github.processpool.sample.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.ProcessPoolRejectedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DocumentService}.
 */
class DocumentServiceTests {

	@TempDir
	private Path directory;

	private final CompletableFuture<Extraction> outcome = new CompletableFuture<>();

	private EmbeddedDatabase database;

	private DocumentRepository repository;

	private DocumentService service;

	@BeforeEach
	void open() throws IOException {
		this.database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
			.setType(EmbeddedDatabaseType.H2)
			.addScript("schema.sql")
			.build();
		this.repository = new DocumentRepository(JdbcClient.create(this.database));
		DocumentProperties properties = new DocumentProperties(this.directory, 4, 480, 1000);
		DocumentStore store = new DocumentStore(properties);
		DocumentExtractor extractor = new DocumentExtractor(this.repository, store, properties) {

			@Override
			public CompletableFuture<Extraction> extract(UUID id) {
				return DocumentServiceTests.this.outcome;
			}

		};
		this.service = new DocumentService(this.repository, store, extractor);
	}

	@AfterEach
	void close() {
		this.database.shutdown();
	}

	@Test
	void documentThatWasReadIsDone() throws Exception {
		CompletableFuture<Document> result = process();
		assertThat(result).isNotDone();
		this.outcome.complete(new Extraction(42, 1, 1, "text"));
		assertThat(result.get(5, TimeUnit.SECONDS).state()).isEqualTo(DocumentState.DONE);
		assertThat(files()).isEqualTo(1);
	}

	@Test
	void documentThatCannotBeReadIsKeptWithTheReason() throws Exception {
		CompletableFuture<Document> result = process();
		this.outcome.completeExceptionally(new IOException("no PDF"));
		Document document = result.get(5, TimeUnit.SECONDS);
		assertThat(document.state()).isEqualTo(DocumentState.FAILED);
		assertThat(document.reason()).isEqualTo("java.io.IOException: no PDF");
		assertThat(files()).isEqualTo(1);
	}

	@Test
	void documentThatThereIsNoRoomForIsNotKept() throws Exception {
		CompletableFuture<Document> result = process();
		assertThat(this.repository.latest(10)).hasSize(1);
		assertThat(files()).isEqualTo(1);
		this.outcome.completeExceptionally(new ProcessPoolRejectedException("full"));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> result.get(5, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(ProcessPoolRejectedException.class);
		assertThat(this.repository.latest(10)).isEmpty();
		assertThat(files()).isZero();
	}

	private CompletableFuture<Document> process() throws IOException {
		return this.service.process("a.pdf", 3, new ByteArrayInputStream(new byte[3]));
	}

	private long files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory.resolve("files"))) {
			return files.count();
		}
	}

}
