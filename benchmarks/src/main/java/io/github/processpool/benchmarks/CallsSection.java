package io.github.processpool.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.benchmarks.calls.Contender;
import io.github.processpool.benchmarks.calls.Contenders;
import io.github.processpool.benchmarks.calls.Workload;

/**
 * Calls through all contenders in turn, so that what disturbs the machine for a while
 * disturbs all of them.
 */
final class CallsSection {

	private CallsSection() {
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		try (Contenders contenders = Contenders.start(Options.home().resolve("peers/calls.py"), options::wantsContender,
				System.err)) {
			for (Workload workload : Workload.values()) {
				if (section.rows().contains(workload.row()) && options.wants(workload.row())) {
					measure(contenders.list(), workload, options, recorder);
				}
			}
		}
	}

	private static void measure(List<Contender> contenders, Workload workload, Options options, Recorder recorder) {
		List<Contender> able = new ArrayList<>(contenders);
		boolean slow = workload == Workload.PROCESSOR_TIME;
		// All 200 tasks, however long that takes, unless it has to be quick
		Duration time = (slow && !options.quick()) ? Duration.ofMinutes(1) : options.time().multipliedBy(slow ? 2 : 1);
		able.removeIf((contender) -> measure(contender, workload,
				slow ? Duration.ofMillis(200) : options.warmUp()).length == 0);
		for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
			for (Contender contender : able) {
				double[] figures = measure(contender, workload, time);
				for (int i = 0; i < figures.length; i++) {
					recorder.record(workload.metrics().get(i), contender.name(), repetition, figures[i]);
				}
			}
		}
	}

	private static double[] measure(Contender contender, Workload workload, Duration time) {
		try {
			return contender.measure(workload, time);
		}
		catch (Exception ex) {
			System.err.println(contender.name() + " failed at " + workload + ": " + ex);
			return new double[0];
		}
	}

}
