package io.github.processpool.observed;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what a worker that logs or prints as fast as it can costs the tasks of another
 * one, against a worker that burns the same CPU silently.
 */
@ExtendWith(OutputCaptureExtension.class)
class FloodTimings {

	/** Until the application has compiled what writes its log. */
	private static final int WARM_UP_ROUNDS = 2;

	private static final int ROUNDS = 9;

	private static final long MILLIS = 4000;

	/** For the first burst, which is allowed, to be over. */
	private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	private static final int WORK = 20_000;

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	@TempDir
	private Path directory;

	@Test
	void floodShouldCostOthersLittleMoreThanSilentWork(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = LogForwardingIntegrationTests.start(this.directory)) {
			Chatty chatty = context.getBean(Chatty.class);
			Measured burning = new Measured("silent");
			Measured logging = new Measured("logging");
			Measured printing = new Measured("printing");
			for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
				if (round == 0) {
					List.of(burning, logging, printing).forEach(Measured::forget);
				}
				burning.beside(chatty, chatty::burn);
				logging.beside(chatty, chatty::flood);
				printing.beside(chatty, chatty::print);
			}
			assertThat(output.getAll()).contains("log events of worker", "lines were dropped");
			Files.writeString(Path.of("target", "flood.txt"), burning + "\n" + logging + logging.comparedWith(burning)
					+ "\n" + printing + printing.comparedWith(burning) + "\n");
			assertThat(logging.rate(burning)).isGreaterThan(0.9);
			assertThat(logging.burst(burning)).isGreaterThan(0.9);
			assertThat(printing.rate(burning)).isGreaterThan(0.9);
			assertThat(printing.burst(burning)).isGreaterThan(0.9);
		}
	}

	/**
	 * What was measured beside one kind of worker.
	 */
	private static final class Measured {

		private final String what;

		private final List<Double> rates = new ArrayList<>();

		private final List<Double> bursts = new ArrayList<>();

		private final List<Double> burstLoad = new ArrayList<>();

		private final List<Double> load = new ArrayList<>();

		Measured(String what) {
			this.what = what;
		}

		/**
		 * Does tasks of a fixed size while another worker is busy.
		 */
		void beside(Chatty chatty, LongFunction<Long> busy) throws Exception {
			CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> busy.apply(MILLIS));
			long before = SYSTEM.getProcessCpuTime();
			long begin = System.nanoTime();
			int first = 0;
			while (System.nanoTime() - begin < BURST_NANOS) {
				chatty.work(WORK);
				first++;
			}
			long start = System.nanoTime();
			long cpu = SYSTEM.getProcessCpuTime();
			this.bursts.add(first / (double) (start - begin) * 1e9);
			this.burstLoad.add((cpu - before) / (double) (start - begin) * 100);
			int tasks = 0;
			while (!other.isDone()) {
				chatty.work(WORK);
				tasks++;
			}
			double nanos = System.nanoTime() - start;
			this.rates.add(tasks / nanos * 1e9);
			this.load.add((SYSTEM.getProcessCpuTime() - cpu) / nanos * 100);
			assertThat(other.get(10, TimeUnit.SECONDS)).isPositive();
		}

		void forget() {
			List.of(this.bursts, this.rates, this.burstLoad, this.load).forEach(List::clear);
		}

		/**
		 * Part of the tasks beside the other that were done at the same time: rounds are
		 * compared with their neighbours, as the speed of a machine drifts.
		 */
		double rate(Measured other) {
			return median(ratios(this.rates, other.rates));
		}

		double burst(Measured other) {
			return median(ratios(this.bursts, other.bursts));
		}

		private static List<Double> ratios(List<Double> values, List<Double> others) {
			return IntStream.range(0, values.size()).mapToObj((i) -> values.get(i) / others.get(i)).toList();
		}

		String comparedWith(Measured other) {
			return ": %.2f and %.2f of it".formatted(burst(other), rate(other));
		}

		private static double median(List<Double> values) {
			return values.stream().sorted().toList().get(values.size() / 2);
		}

		@Override
		public String toString() {
			return "beside a worker that is %s: %.0f tasks/s in the first burst with %.1f %% of a processor in the application, then %.0f with %.1f %%"
				.formatted(this.what, median(this.bursts), median(this.burstLoad), median(this.rates),
						median(this.load));
		}

	}

}
