package io.github.processpool.observed;

import io.github.processpool.DeferToProcess;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * Asks a database in workers.
 */
@Service
public class Library {

	private static final Logger logger = LoggerFactory.getLogger(Library.class);

	private final JdbcTemplate jdbc;

	private final ObservationRegistry observations;

	Library(JdbcTemplate jdbc, ObservationRegistry observations) {
		this.jdbc = jdbc;
		this.observations = observations;
	}

	/**
	 * Counts what there is.
	 * @return a number
	 */
	@DeferToProcess
	public int countBooks() {
		logger.warn("counting books");
		Integer count = Observation.createNotStarted("jdbc.query", this.observations)
			.contextualName("select books")
			.observe(() -> this.jdbc.queryForObject("select count(*) from information_schema.tables", Integer.class));
		return (count != null) ? count : -1;
	}

	/**
	 * Fails.
	 * @return never
	 */
	@DeferToProcess
	public int fail() {
		throw new IllegalStateException("no books");
	}

	/**
	 * Ends a span and dies.
	 * @return never
	 */
	@DeferToProcess
	public int observeAndDie() {
		Observation.createNotStarted("last.words", this.observations).observe(() -> {
		});
		ProcessHandle.current().info();
		Runtime.getRuntime().halt(1);
		return 0;
	}

}
