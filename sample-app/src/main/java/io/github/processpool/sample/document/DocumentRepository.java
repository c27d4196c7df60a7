package io.github.processpool.sample.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The job table. The application and its workers use it side by side.
 */
@Repository
class DocumentRepository {

	private static final String COLUMNS = """
			id, name, size, state, pid, server_pid, pages, thumbnails, %s, reason, uploaded_at, finished_at
			""";

	private final JdbcClient jdbc;

	DocumentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(UUID id, String name, long size, long serverPid) {
		this.jdbc.sql("""
				insert into document (id, name, size, state, server_pid, thumbnails, uploaded_at)
				values (?, ?, ?, 'QUEUED', ?, 0, ?)""").params(id, name, size, serverPid, Instant.now()).update();
	}

	void started(UUID id, long pid) {
		this.jdbc.sql("update document set state = 'RUNNING', pid = ? where id = ?").params(pid, id).update();
	}

	void done(UUID id, Extraction extraction) {
		this.jdbc.sql("""
				update document set state = 'DONE', pid = ?, pages = ?, thumbnails = ?, text = ?, finished_at = ?
				where id = ?""")
			.params(extraction.pid(), extraction.pages(), extraction.thumbnails(), extraction.text(), Instant.now(), id)
			.update();
	}

	void failed(UUID id, String reason) {
		this.jdbc.sql("update document set state = 'FAILED', reason = ?, finished_at = ? where id = ?")
			.params(reason, Instant.now(), id)
			.update();
	}

	void remove(UUID id) {
		this.jdbc.sql("delete from document where id = ?").param(id).update();
	}

	Optional<Document> find(UUID id) {
		return this.jdbc.sql("select " + COLUMNS.formatted("text") + " from document where id = ?")
			.param(id)
			.query(Document.class)
			.optional();
	}

	/**
	 * The latest documents, newest first, each with the beginning of its text.
	 */
	List<Document> latest(int limit) {
		return this.jdbc
			.sql("select " + COLUMNS.formatted("substring(text, 1, 300) as text")
					+ " from document order by uploaded_at desc limit ?")
			.param(limit)
			.query(Document.class)
			.list();
	}

	/**
	 * Documents without an outcome, whichever server took them.
	 */
	List<Document> unfinished() {
		return this.jdbc
			.sql("select " + COLUMNS.formatted("text") + " from document where state in ('QUEUED', 'RUNNING')")
			.query(Document.class)
			.list();
	}

}
