package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Writes a table of the faults that the tests provoked: what was expected, as the name of
 * the test says, and what happened.
 */
public final class FaultReport implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

	private static final Path FILE = Path.of("target", "fault-suite.md");

	private static final int LONGEST_FACT = 300;

	/** Facts of the running test; they may be noted by any of its threads. */
	private static final List<String> facts = new CopyOnWriteArrayList<>();

	/**
	 * Notes a fact for the table.
	 */
	public static void happened(Object fact) {
		String line = String.valueOf(fact).split("\n", 2)[0];
		facts.add((line.length() <= LONGEST_FACT) ? line : line.substring(0, LONGEST_FACT) + " …");
	}

	@Override
	public void beforeTestExecution(ExtensionContext context) {
		facts.clear();
	}

	@Override
	public void afterTestExecution(ExtensionContext context) {
		Faults faults = context.getRequiredTestMethod().getAnnotation(Faults.class);
		String[] words = context.getRequiredTestMethod().getName().split("Should", 2);
		boolean parameters = context.getRequiredTestMethod().getParameterCount() > 0;
		Optional<Throwable> failure = context.getExecutionException();
		failure.ifPresent(FaultReport::happened);
		Rows rows = context.getRoot()
			.getStore(Namespace.create(FaultReport.class))
			.computeIfAbsent(Rows.class, (key) -> new Rows(), Rows.class);
		rows.add(new Row(String.join(", ", faults.value()),
				sentence(words[0]) + (parameters ? ": " + context.getDisplayName() : ""),
				(words.length > 1) ? sentence(words[1]) : "", failure.isPresent() ? "**NO**" : "yes", summary()));
	}

	/** Each fact once, with how many times it was noted. */
	private static String summary() {
		Map<String, Integer> counts = new LinkedHashMap<>();
		facts.forEach((fact) -> counts.merge(fact, 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.map((each) -> each.getKey() + ((each.getValue() > 1) ? " (" + each.getValue() + " times)" : ""))
			.collect(Collectors.joining("; "));
	}

	private static String sentence(String camelCase) {
		return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ").toLowerCase(Locale.ROOT);
	}

	private record Row(String faults, String scenario, String expected, String asExpected, String happened) {

		String line() {
			return "| " + String.join(" | ", List.of(escape(this.faults), escape(this.scenario), escape(this.expected),
					this.asExpected, escape(this.happened))) + " |";
		}

		private static String escape(String text) {
			return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
		}

	}

	/** Written at the end of the run. */
	private static final class Rows implements AutoCloseable {

		private final List<Row> rows = Collections.synchronizedList(new ArrayList<>());

		void add(Row row) {
			this.rows.add(row);
		}

		@Override
		public void close() throws IOException {
			List<String> lines = new ArrayList<>(List.of("# Fault suite", "",
					"| Fault | Scenario | Expected: it should … | As expected | What happened |",
					"|---|---|---|---|---|"));
			synchronized (this.rows) {
				this.rows.stream().map(Row::line).sorted().forEach(lines::add);
			}
			Files.createDirectories(FILE.getParent());
			Files.write(FILE, lines);
		}

	}

}
