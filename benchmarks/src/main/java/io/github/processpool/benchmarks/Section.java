package io.github.processpool.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Workloads that one JVM measures.
 */
enum Section {

	/** Calls, everything on one processor. */
	CALLS_PINNED(Set.of("W1", "W2"), " pinned", List.of("taskset", "-c", "0"), List.of(), CallsSection::run),

	/** Calls. */
	CALLS(Set.of("W1", "W2", "W3", "W3b", "W4"), "", List.of(), List.of(), CallsSection::run),

	/** Start and size of a worker without an application. */
	START(Set.of("W5", "W7"), "", List.of(), List.of(), StartSection::run),

	/** Start and size of a worker of a realistic application. */
	REALISTIC(Set.of("W5b"), "", List.of(), List.of(), RealisticSection::run),

	/** What the rest of the application feels of a job. */
	PAUSES(Set.of("W8"), "", List.of(), List.of(), PausesSection::run),

	/** Speed of work. */
	WORK(Set.of("W9"), "", List.of(), List.of("-Djava.awt.headless=true"), WorkSection::run),

	/** What the death of a worker costs. */
	DEATH(Set.of("death"), "", List.of(), List.of(), DeathSection::run),

	/** How cost grows. */
	GROWTH(Set.of(), "", List.of(), List.of(), GrowthSection::run);

	private final Set<String> rows;

	private final String suffix;

	private final List<String> prefix;

	private final List<String> jvmOptions;

	private final Program program;

	Section(Set<String> rows, String suffix, List<String> prefix, List<String> jvmOptions, Program program) {
		this.rows = rows;
		this.suffix = suffix;
		this.prefix = prefix;
		this.jvmOptions = jvmOptions;
		this.program = program;
	}

	Set<String> rows() {
		return this.rows;
	}

	static Set<String> allRows() {
		return Arrays.stream(values())
			.flatMap((section) -> section.rows.stream())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	String suffix() {
		return this.suffix;
	}

	List<String> prefix() {
		return this.prefix;
	}

	List<String> jvmOptions() {
		return this.jvmOptions;
	}

	void run(Options options, Recorder recorder) throws Exception {
		this.program.run(this, options, recorder);
	}

	boolean isWanted(Options options) {
		return options.growth() ? this == GROWTH : this.rows.stream().anyMatch(options::wants);
	}

	/**
	 * What a section does.
	 */
	@FunctionalInterface
	interface Program {

		void run(Section section, Options options, Recorder recorder) throws Exception;

	}

}
