package io.github.processpool.benchmarks.realistic;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.benchmarks.Memory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Makes the first call, tells how that went, and waits to be told to end.
 */
@Component
@ConditionalOnParentProcess
@ConditionalOnProperty("probe.enabled")
class Probe implements ApplicationRunner {

	private final SalesReport report;

	private final ProcessPool pool;

	Probe(SalesReport report, ProcessPool pool) {
		this.report = report;
		this.pool = pool;
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		PrintStream out = System.out;
		long begin = System.nanoTime();
		String text = this.report.render(1).get();
		double firstResult = (System.nanoTime() - begin) / 1e6;
		if (text.lines().count() != 10) {
			throw new IllegalStateException("Not the report that was expected: " + text);
		}
		WorkerSnapshot worker = this.pool.snapshot().workers().get(0);
		Duration ready = worker.startupTime();
		if (ready == null) {
			throw new IllegalStateException("not ready: " + worker);
		}
		out.println("PROBE " + new JsonMapper()
			.writeValueAsString(List.of(ready.toNanos() / 1e6, firstResult, Memory.pss(worker.pid()))));
		out.flush();
		// In a thread of its own, so that the application becomes ready meanwhile
		Thread thread = new Thread(Probe::awaitEnd, "probe");
		thread.start();
	}

	private static void awaitEnd() {
		try {
			while (System.in.read() >= 0) {
				// Nothing is ever sent
			}
		}
		catch (IOException ex) {
			// As good as its end
		}
		System.exit(0);
	}

}
