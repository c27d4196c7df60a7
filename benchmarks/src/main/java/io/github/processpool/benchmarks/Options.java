package io.github.processpool.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Arguments of the program.
 *
 * @param quick whether to measure shortly
 * @param growth whether to measure how cost grows instead of the workloads
 * @param repetitions how often everything is measured
 * @param only workloads that are wanted, or empty for all
 * @param contenders how names of contenders of calls begin, or empty for all
 * @param output folder for results
 * @param section what this JVM is to measure, or {@code null} if it starts the others
 */
record Options(boolean quick, boolean growth, int repetitions, Set<String> only, List<String> contenders, Path output,
		@Nullable Section section) {

	static final String USAGE = """
			Options:
			  --quick             short measurements, two repetitions
			  --growth            how cost grows, instead of the workloads
			  --repetitions N     how often everything is measured (5)
			  --only W1,W2        these workloads only: W1 to W9, W3b, W5b, death
			  --contenders A,B    of W1 to W4, those whose names begin so
			  --output FOLDER     where results go (benchmarks/results)
			""";

	static Options parse(String... args) {
		boolean quick = false;
		boolean growth = false;
		int repetitions = 0;
		Set<String> only = new TreeSet<>();
		List<String> contenders = List.of();
		Path output = home().resolve("results");
		Section section = null;
		for (int i = 0; i < args.length; i++) {
			switch (args[i]) {
				case "--quick" -> quick = true;
				case "--growth" -> growth = true;
				case "--repetitions" -> repetitions = Integer.parseInt(value(args, ++i));
				case "--only" -> only.addAll(List.of(value(args, ++i).split(",")));
				case "--contenders" -> contenders = List.of(value(args, ++i).split(","));
				case "--output" -> output = Path.of(value(args, ++i));
				case "--section" -> section = Section.valueOf(value(args, ++i));
				default -> throw new IllegalArgumentException("Unknown option '" + args[i] + "'.\n" + USAGE);
			}
		}
		for (String row : only) {
			if (!Section.allRows().contains(row)) {
				throw new IllegalArgumentException(
						"Unknown workload '" + row + "'. There are " + Section.allRows() + ".\n" + USAGE);
			}
		}
		if (repetitions == 0) {
			repetitions = quick ? 2 : 5;
		}
		return new Options(quick, growth, repetitions, only, contenders, output.toAbsolutePath(), section);
	}

	private static String value(String[] args, int index) {
		if (index >= args.length) {
			throw new IllegalArgumentException("Option '" + args[index - 1] + "' needs a value.\n" + USAGE);
		}
		return args[index];
	}

	/** As arguments for the JVM that measures a section. */
	List<String> forSection(Section child) {
		List<String> arguments = new ArrayList<>(List.of("--section", child.name(), "--repetitions",
				String.valueOf(this.repetitions), "--output", this.output.toString()));
		if (this.quick) {
			arguments.add("--quick");
		}
		if (!this.only.isEmpty()) {
			arguments.addAll(List.of("--only", String.join(",", this.only)));
		}
		if (!this.contenders.isEmpty()) {
			arguments.addAll(List.of("--contenders", String.join(",", this.contenders)));
		}
		return arguments;
	}

	boolean wants(String row) {
		return this.only.isEmpty() || this.only.contains(row);
	}

	boolean wantsContender(String name) {
		return this.contenders.isEmpty() || this.contenders.stream().anyMatch(name::startsWith);
	}

	/** How long something is measured. */
	Duration time() {
		return this.quick ? Duration.ofMillis(200) : Duration.ofSeconds(1);
	}

	/** How long something is done before it is measured. */
	Duration warmUp() {
		return this.quick ? Duration.ofMillis(500) : Duration.ofSeconds(2);
	}

	/** The folder {@code benchmarks} of the project, where this was built. */
	static Path home() {
		try {
			Path code = Path.of(Options.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			return code.resolve("../..").normalize();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
