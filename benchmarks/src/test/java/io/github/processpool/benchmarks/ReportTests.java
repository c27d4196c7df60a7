package io.github.processpool.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Report} and {@link Goal}.
 */
class ReportTests {

	private final List<Sample> samples = new ArrayList<>();

	@Test
	void goalWhenAtHalfOfTheBestPeerShouldBeReached() {
		add("W1 p50 pinned", "raw socket", 4);
		add("W1 p50 pinned", "process-pool", 7.9);
		add("W1 p50 pinned", "RMI", 20);
		add("W1 p50 pinned", "Python Pool", 16);
		assertThat(report()).contains("| 7.90 | 4.00 | 16.0 (Python Pool) | 1.98 | 0.49 | yes |");
	}

	@Test
	void goalWhenMissedByOneOfItsConditionsShouldNotBeReached() {
		add("W1 p50 pinned", "raw socket", 3.9);
		add("W1 p50 pinned", "process-pool", 7.9);
		add("W1 p50 pinned", "RMI", 20);
		assertThat(report()).contains("| 7.90 | 3.90 | 20.0 (RMI) | 2.03 | 0.40 | **no** |");
	}

	@Test
	void throughputWhenTenTimesTheBestPeerShouldBeReached() {
		add("W2", "raw socket", 800_000);
		add("W2", "raw socket, batched", 14_000_000);
		add("W2", "process-pool", 450_000);
		add("W2", "RMI", 45_000);
		assertThat(report()).contains("| 450,000 | 800,000 | 45,000 (RMI) | 0.56 | 10.00 | yes |");
	}

	@Test
	void goalWhenThePeerWasNotMeasuredShouldBeLeftOpen() {
		add("W2", "process-pool", 450_000);
		assertThat(report()).contains("| 450,000 |  |  |  |  |  |");
	}

	@Test
	void figureShouldBeTheMedianWithTheLeastAndTheMost() {
		add("W3b", "process-pool", 0.3, 9.0, 0.4, 0.5, 0.2);
		assertThat(report()).contains("| 0.40 |  |  |  |  | yes |").contains("| W3b | 0.40 (0.20–9.00) |");
	}

	private String report() {
		return Report.of(Map.of(), new Figures(this.samples));
	}

	private void add(String metric, String contender, double... values) {
		for (int i = 0; i < values.length; i++) {
			this.samples.add(new Sample(metric, contender, i + 1, values[i]));
		}
	}

}
