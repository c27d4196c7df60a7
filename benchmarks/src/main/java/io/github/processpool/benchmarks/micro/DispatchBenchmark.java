package io.github.processpool.benchmarks.micro;

import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call of an idle worker and its answer, without Spring.
 */
@State(Scope.Benchmark)
@BenchmarkMode({ Mode.AverageTime, Mode.SampleTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DispatchBenchmark {

	private @Nullable ProcessPool pool;

	/**
	 * Starts the worker.
	 * @throws Exception if it cannot be started
	 */
	@Setup(Level.Trial)
	public void start() throws Exception {
		this.pool = ProcessPool.builder()
			.coreSize(1)
			.maxSize(1)
			.allow("io.github.processpool.benchmarks.micro.**")
			.build();
		call();
	}

	@TearDown(Level.Trial)
	public void stop() {
		pool().close();
	}

	@Benchmark
	public Integer call() throws Exception {
		return pool().submit(new Nothing()).get();
	}

	private ProcessPool pool() {
		ProcessPool started = this.pool;
		if (started == null) {
			throw new IllegalStateException("not started");
		}
		return started;
	}

	/**
	 * A task that does nothing.
	 */
	record Nothing() implements ProcessTask<Integer> {

		@Override
		public Integer call() {
			return 0;
		}

	}

}
