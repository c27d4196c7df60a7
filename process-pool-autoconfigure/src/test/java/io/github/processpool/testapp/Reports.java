package io.github.processpool.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.processpool.DeferToProcess;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is deferred.
 */
@Service
public class Reports {

	private final Environment environment;

	private final ApplicationEventPublisher events;

	private final JdbcTemplate jdbc;

	private final DocumentRepository documents;

	private final Prices prices;

	Reports(Environment environment, ApplicationEventPublisher events, JdbcTemplate jdbc, DocumentRepository documents,
			Prices prices) {
		this.environment = environment;
		this.events = events;
		this.jdbc = jdbc;
		this.documents = documents;
		this.prices = prices;
	}

	/**
	 * Waits for other workers.
	 * @param directory where workers leave their pids
	 * @param count number of workers
	 * @return pid of this worker
	 */
	@DeferToProcess
	public long meet(String directory, int count) {
		long pid = ProcessHandle.current().pid();
		try {
			Path own = Path.of(directory, Long.toString(pid));
			if (!Files.exists(own)) {
				Files.createFile(own);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			try (Stream<Path> files = Files.list(Path.of(directory))) {
				return files.count() >= count;
			}
		});
		return pid;
	}

	/**
	 * Publishes an event.
	 * @param what what happens
	 * @return pid of this worker
	 */
	@DeferToProcess
	public long publish(String what) {
		this.events.publishEvent(new DomainEvent(what));
		return ProcessHandle.current().pid();
	}

	/**
	 * Counts documents by JPA, in a transaction.
	 * @return their number, or -1 without a transaction
	 */
	@DeferToProcess
	@Transactional(readOnly = true)
	public long countDocuments() {
		return (TransactionSynchronizationManager.isActualTransactionActive()) ? this.documents.count() : -1;
	}

	/**
	 * Counts rows by JDBC.
	 * @param table name of a table
	 * @return their number
	 */
	@DeferToProcess
	public @Nullable Integer countRows(String table) {
		return this.jdbc.queryForObject("select count(*) from " + table, Integer.class);
	}

	/**
	 * Asks for a price twice.
	 * @return how often it was really looked up
	 */
	@DeferToProcess
	public int cachedPrice() {
		this.prices.priceOf("tea");
		return this.prices.priceOf("tea");
	}

	/**
	 * Reads a property.
	 * @param name its name
	 * @return its value
	 */
	@DeferToProcess
	public @Nullable String property(String name) {
		return this.environment.getProperty(name);
	}

	/**
	 * Reads a system property.
	 * @param name its name
	 * @return its value
	 */
	@DeferToProcess
	public @Nullable String systemProperty(String name) {
		return System.getProperty(name);
	}

	/**
	 * Lists threads.
	 * @return names of the threads of the worker
	 */
	@DeferToProcess
	public List<String> threads() {
		return List.copyOf(Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList());
	}

}
