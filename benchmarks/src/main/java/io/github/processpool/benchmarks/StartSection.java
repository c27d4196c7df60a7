package io.github.processpool.benchmarks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerState;
import io.github.processpool.benchmarks.calls.CallingContender;
import io.github.processpool.benchmarks.calls.CallsApplication;
import io.github.processpool.benchmarks.calls.Contenders;
import io.github.processpool.benchmarks.calls.PidTask;
import io.github.processpool.benchmarks.calls.PoolContender;
import io.github.processpool.benchmarks.calls.Pp4jContender;
import io.github.processpool.benchmarks.calls.PythonContender;
import io.github.processpool.benchmarks.calls.RmiContender;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Start of a pool to its first result, and memory of an idle worker, without an
 * application in the worker.
 */
final class StartSection {

	private static final String METRIC = "W5";

	private static final String MEMORY = "W7";

	private static final String FIRST = PoolContender.NAME + ", first start";

	private final Options options;

	private final Recorder recorder;

	private StartSection(Options options, Recorder recorder) {
		this.options = options;
		this.recorder = recorder;
	}

	static void run(Section section, Options options, Recorder recorder) throws Exception {
		new StartSection(options, recorder).run();
	}

	private void run() throws Exception {
		try (CacheFolder cache = new CacheFolder()) {
			measure(cache);
		}
	}

	private void measure(CacheFolder cache) throws Exception {
		Map<String, PythonContender> python = new LinkedHashMap<>();
		if (this.options.wants(METRIC)) {
			for (Map.Entry<String, String> kind : Contenders.PYTHON.entrySet()) {
				PythonContender contender = PythonContender.start(kind.getValue(),
						Options.home().resolve("peers/calls.py"), kind.getKey(), Contenders.WORKERS);
				if (contender != null) {
					python.put(kind.getKey(), contender);
				}
			}
		}
		train(cache);
		for (int repetition = 1; repetition <= this.options.repetitions(); repetition++) {
			pool(cache, PoolContender.NAME, repetition);
			if (this.options.wants(METRIC)) {
				try (CacheFolder empty = new CacheFolder()) {
					pool(empty, FIRST, repetition);
				}
			}
			bareJvm(repetition);
			if (this.options.wants(METRIC)) {
				for (PythonContender contender : python.values()) {
					this.recorder.record(METRIC, contender.name(), repetition, contender.firstResult());
				}
				time("RMI", repetition, () -> new RmiContender(Contenders.WORKERS));
				time("PP4J", repetition, () -> new Pp4jContender(Contenders.WORKERS));
			}
		}
		python.values().forEach(PythonContender::close);
	}

	/**
	 * Has the archive made that every start of an application finds but the first.
	 */
	private static void train(CacheFolder cache) throws Exception {
		try (ConfigurableApplicationContext context = start(cache)) {
			context.getBean(ProcessPool.class).submit(new PidTask()).get();
			if (!CacheFolder.awaitArchive(cache.path(), 60)) {
				System.err.println("no archive after 60 seconds");
			}
		}
	}

	private static ConfigurableApplicationContext start(CacheFolder cache) {
		return CallsApplication.run(Map.of("process-pool.max-size", Contenders.WORKERS, "process-pool.worker.context",
				"none", "process-pool.worker.cache-directory", cache.path().toString()));
	}

	private void pool(CacheFolder cache, String name, int repetition) throws Exception {
		try (ConfigurableApplicationContext context = start(cache)) {
			ProcessPool pool = context.getBean(ProcessPool.class);
			long begin = System.nanoTime();
			long pid = pool.submit(new PidTask()).get();
			double millis = (System.nanoTime() - begin) / 1e6;
			if (this.options.wants(METRIC)) {
				this.recorder.record(METRIC, name, repetition, millis);
			}
			if (this.options.wants(MEMORY) && name.equals(PoolContender.NAME)) {
				pause();
				if (pool.snapshot().workers(WorkerState.IDLE) < 1) {
					throw new IllegalStateException("not idle: " + pool.snapshot());
				}
				this.recorder.record(MEMORY, PoolContender.NAME, repetition, Memory.pss(pid));
			}
		}
	}

	private void bareJvm(int repetition) throws IOException {
		long begin = System.nanoTime();
		try (ChildJava child = ChildJava.start(List.of(), List.of("-XX:+UseSerialGC"), BareJvm.class.getName(),
				List.of())) {
			if (child.process().getInputStream().read() < 0) {
				throw new IOException("the bare JVM has ended");
			}
			double millis = (System.nanoTime() - begin) / 1e6;
			if (this.options.wants(METRIC)) {
				this.recorder.record(METRIC, "bare JVM", repetition, millis);
			}
			if (this.options.wants(MEMORY)) {
				pause();
				this.recorder.record(MEMORY, "bare JVM", repetition, Memory.pss(child.process().pid()));
			}
		}
	}

	private void time(String name, int repetition, Callable<? extends CallingContender> start) throws Exception {
		long begin = System.nanoTime();
		try (CallingContender contender = start.call()) {
			contender.firstCall();
			this.recorder.record(METRIC, name, repetition, (System.nanoTime() - begin) / 1e6);
		}
	}

	private static void pause() {
		LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
	}

}
