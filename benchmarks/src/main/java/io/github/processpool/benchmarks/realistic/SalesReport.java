package io.github.processpool.benchmarks.realistic;

import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.github.processpool.DeferToProcess;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The deferred bean: needs a data source, and nothing of JPA.
 */
@Service
public class SalesReport {

	private final JdbcClient jdbc;

	private final SalesProperties properties;

	SalesReport(JdbcClient jdbc, SalesProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/**
	 * Makes the report.
	 * @param least smallest amount that counts
	 * @return its text
	 */
	@DeferToProcess
	public CompletableFuture<String> render(int least) {
		return CompletableFuture.completedFuture(this.jdbc.sql("""
				select c.name, sum(p.amount) total from purchases p join customers c on c.id = p.customer
				where p.amount >= :least group by c.name order by total desc limit :rows""")
			.param("least", BigDecimal.valueOf(least))
			.param("rows", this.properties.rows())
			.query((row, number) -> row.getString(1) + " " + row.getBigDecimal(2) + " " + this.properties.currency())
			.list()
			.stream()
			.collect(Collectors.joining("\n")));
	}

}
