package io.github.processpool.launched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.processpool.DeferToProcess;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * Has a collaborator, which in a worker is the worker's own.
 */
@Service
public class AnswerService {

	private final JdbcTemplate jdbc;

	AnswerService(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@DeferToProcess
	public CompletableFuture<Answer> add(int left, int right) {
		Integer sum = this.jdbc.queryForObject("select ? + ?", Integer.class, left, right);
		return CompletableFuture.completedFuture(new Answer(ProcessHandle.current().pid(), (sum != null) ? sum : -1,
				AnswerService.class.getClassLoader().getClass().getName(), archives(),
				System.getProperty("java.class.path", "")));
	}

	/**
	 * The kernel knows which files the JVM has mapped; it may be told one and refuse it.
	 */
	private static String archives() {
		try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
			return maps.filter((line) -> line.contains("/archives/"))
				.map((line) -> line.substring(line.lastIndexOf('/') + 1))
				.distinct()
				.collect(Collectors.joining(","));
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
