package io.github.processpool.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.benchmarks.calls.PoolContender;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the realistic application twice, with an empty cache directory and with the one
 * that the first start has filled, as a fat jar and from a flat class path.
 */
final class RealisticSection {

	private static final String MARK = "PROBE ";

	private RealisticSection() {
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		Path fatJar = Options.home().resolve("target/benchmarks-realistic.jar");
		Map<String, List<String>> layouts = new LinkedHashMap<>();
		layouts.put("fat jar", List.of("-jar", fatJar.toString()));
		if (!options.quick()) {
			layouts.put("flat", List.of("-cp", System.getProperty("java.class.path"),
					"io.github.processpool.benchmarks.realistic.RealisticApplication"));
		}
		for (int repetition = 1; repetition <= (options.quick() ? 1 : options.repetitions()); repetition++) {
			for (Map.Entry<String, List<String>> layout : layouts.entrySet()) {
				try (CacheFolder folder = new CacheFolder()) {
					start(layout.getKey() + " first", layout.getValue(), folder, recorder, repetition);
					start(layout.getKey() + " second", layout.getValue(), folder, recorder, repetition);
				}
			}
		}
	}

	private static void start(String name, List<String> launch, CacheFolder folder, Recorder recorder, int repetition)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(launch);
		Path cache = folder.path().resolve("cache");
		command.addAll(List.of("--probe.enabled=true", "--process-pool.worker.cache-directory=" + cache,
				"--realistic.directory=" + folder.path().resolve("data")));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader lines = process.inputReader()) {
			String line = lines.readLine();
			while (line != null && !line.startsWith(MARK)) {
				line = lines.readLine();
			}
			if (line == null) {
				throw new IllegalStateException("The realistic application has ended before its first call");
			}
			double[] figures = new JsonMapper().readValue(line.substring(MARK.length()), double[].class);
			recorder.record("W5b " + name + ": ready", PoolContender.NAME, repetition, figures[0]);
			recorder.record("W5b " + name + ": result", PoolContender.NAME, repetition, figures[1]);
			recorder.record("W5b " + name + ": PSS", PoolContender.NAME, repetition, figures[2]);
			if (!CacheFolder.awaitArchive(cache, 90)) {
				System.err.println(name + ": no archive after 90 seconds");
			}
			process.getOutputStream().close();
			process.waitFor();
		}
		finally {
			process.destroyForcibly();
		}
	}

}
