package io.github.processpool.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the pool beside the limit of the machine and beside its peers, each section in
 * a JVM of its own, and writes tables.
 */
public final class Benchmarks {

	private static final JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private Benchmarks() {
	}

	/**
	 * Runs the program.
	 * @param args see {@link Options#USAGE}
	 * @throws Exception if something cannot be measured
	 */
	public static void main(String[] args) throws Exception {
		Options options;
		try {
			options = Options.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		Section section = options.section();
		if (section != null) {
			ChildJava.endWithParent();
			Recorder recorder = new Recorder(System.out, section.suffix());
			// What others print must not come between the figures
			System.setOut(System.err);
			section.run(options, recorder);
			System.exit(0);
		}
		runAll(options);
	}

	private static void runAll(Options options) throws Exception {
		Map<String, String> machine = Machine.facts();
		List<Sample> samples = new ArrayList<>();
		for (Section section : Section.values()) {
			if (section.isWanted(options)) {
				samples.addAll(run(section, options));
			}
		}
		Figures figures = new Figures(samples);
		String report = Report.of(machine, figures);
		write(options, machine, samples, report, LatencyPlot.of(figures));
		System.out.println(report);
	}

	private static List<Sample> run(Section section, Options options) throws Exception {
		long begin = System.nanoTime();
		List<Sample> samples = new ArrayList<>();
		try (ChildJava child = ChildJava.start(section.prefix(), section.jvmOptions(), Benchmarks.class.getName(),
				options.forSection(section)); BufferedReader lines = child.process().inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				samples.add(json.readValue(line, Sample.class));
			}
			int exitCode = child.process().waitFor();
			if (exitCode != 0) {
				throw new IllegalStateException(section + " ended with exit code " + exitCode);
			}
		}
		System.err.printf("%s took %.0f s%n", section, (System.nanoTime() - begin) / 1e9);
		return samples;
	}

	private static void write(Options options, Map<String, String> machine, List<Sample> samples, String report,
			String plot) throws IOException {
		String name = "jdk" + Runtime.version().feature() + (options.quick() ? "-quick" : "")
				+ (options.growth() ? "-growth" : "");
		Path folder = Files.createDirectories(options.output());
		Files.writeString(folder.resolve(name + ".md"), report);
		Files.writeString(folder.resolve(name + ".json"),
				json.writeValueAsString(Map.of("machine", machine, "samples", samples)));
		if (!plot.isEmpty()) {
			Files.writeString(folder.resolve(name + "-pauses.svg"), plot);
		}
		System.err.println("written: " + folder.resolve(name + ".md"));
	}

}
