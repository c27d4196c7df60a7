package io.github.processpool.sample.document;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DocumentRepository} and {@link InterruptedDocuments}.
 */
class DocumentRepositoryTests {

	private static final long OWN_PID = ProcessHandle.current().pid();

	// Above every pid_max that Linux allows
	private static final long DEAD_PID = 1L << 40;

	private final UUID id = UUID.randomUUID();

	private EmbeddedDatabase database;

	private DocumentRepository repository;

	@BeforeEach
	void open() {
		this.database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
			.setType(EmbeddedDatabaseType.H2)
			.addScript("schema.sql")
			.build();
		this.repository = new DocumentRepository(JdbcClient.create(this.database));
	}

	@AfterEach
	void close() {
		this.database.shutdown();
	}

	@Test
	void documentThatWasReadHasWhatWasFound() {
		Instant before = Instant.now();
		this.repository.add(this.id, "a.pdf", 17, OWN_PID);
		assertThat(find().state()).isEqualTo(DocumentState.QUEUED);
		assertThat(find().pid()).isNull();
		assertThat(find().pages()).isNull();
		this.repository.started(this.id, 42);
		assertThat(find().state()).isEqualTo(DocumentState.RUNNING);
		assertThat(find().pid()).isEqualTo(42);
		this.repository.done(this.id, new Extraction(43, 5, 4, "text"));
		Document document = find();
		assertThat(document.state()).isEqualTo(DocumentState.DONE);
		assertThat(document.pid()).isEqualTo(43);
		assertThat(document.serverPid()).isEqualTo(OWN_PID);
		assertThat(document.pages()).isEqualTo(5);
		assertThat(document.thumbnails()).isEqualTo(4);
		assertThat(document.text()).isEqualTo("text");
		assertThat(document.reason()).isNull();
		assertThat(document.uploadedAt()).isBetween(before.minusMillis(1), Instant.now());
		assertThat(document.finishedAt()).isBetween(document.uploadedAt(), Instant.now());
	}

	@Test
	void documentThatFailedNamesTheProcessThatWasReadingIt() {
		this.repository.add(this.id, "a.pdf", 17, OWN_PID);
		this.repository.started(this.id, 42);
		this.repository.failed(this.id, "too heavy");
		assertThat(find().state()).isEqualTo(DocumentState.FAILED);
		assertThat(find().reason()).isEqualTo("too heavy");
		assertThat(find().pid()).isEqualTo(42);
	}

	@Test
	void latestComesNewestFirstWithTheBeginningOfLongTexts() {
		UUID second = UUID.randomUUID();
		this.repository.add(this.id, "first.pdf", 17, OWN_PID);
		this.repository.done(this.id, new Extraction(42, 1, 1, "x".repeat(1000)));
		this.repository.add(second, "second.pdf", 17, OWN_PID);
		assertThat(this.repository.latest(10)).extracting(Document::name).containsExactly("second.pdf", "first.pdf");
		assertThat(this.repository.latest(10).get(1).text()).isEqualTo("x".repeat(300));
		assertThat(this.repository.latest(1)).extracting(Document::id).containsExactly(second);
	}

	@Test
	void removedDocumentIsGone() {
		this.repository.add(this.id, "a.pdf", 17, OWN_PID);
		this.repository.remove(this.id);
		assertThat(this.repository.find(this.id)).isEmpty();
	}

	@Test
	void startOfServerFailsWhatServersThatAreGoneLeftBehind() {
		UUID orphan = UUID.randomUUID();
		assertThat(ProcessHandle.of(DEAD_PID)).isEmpty();
		this.repository.add(orphan, "orphan.pdf", 17, DEAD_PID);
		this.repository.add(this.id, "mine.pdf", 17, OWN_PID);
		new InterruptedDocuments(this.repository).run(new DefaultApplicationArguments());
		assertThat(find().state()).isEqualTo(DocumentState.QUEUED);
		assertThat(this.repository.find(orphan)).get().satisfies((document) -> {
			assertThat(document.state()).isEqualTo(DocumentState.FAILED);
			assertThat(document.reason()).contains("pid " + DEAD_PID);
		});
	}

	private Document find() {
		return this.repository.find(this.id).orElseThrow();
	}

}
