package io.github.processpool.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

import io.github.processpool.protocol.Heartbeat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process can tell of itself.
 */
class VitalsTests {

	@Test
	void heapShouldBeMeasured() {
		System.gc();
		Heartbeat first = Vitals.read();
		assertThat(first.heapUsed()).isBetween(1L, first.heapCommitted());
		assertThat(first.heapCommitted()).isLessThanOrEqualTo(first.heapMax());
		assertThat(first.heapAfterGc()).isBetween(1L, first.heapCommitted());
		assertThat(first.gcCount()).isPositive();
		assertThat(first.threads()).isGreaterThan(1);
		byte[] kept = new byte[8 * 1024 * 1024];
		System.gc();
		Heartbeat second = Vitals.read();
		assertThat(second.heapAfterGc()).isGreaterThan(first.heapAfterGc() + kept.length / 2);
		assertThat(second.gcCount()).isGreaterThan(first.gcCount());
		assertThat(second.gcMillis()).isGreaterThanOrEqualTo(first.gcMillis());
	}

	@Test
	void collectionShouldEndTheGrowthOfTheOldPart() {
		System.gc();
		assertThat(Vitals.oldGrowth()).isLessThan(1024 * 1024);
		// More than the young part of any heap takes
		int size = (int) Math.min(Integer.MAX_VALUE / 2, Vitals.read().heapMax() / 4);
		byte[] large = new byte[size];
		assertThat(Vitals.oldGrowth()).isGreaterThan(large.length / 2);
		System.gc();
		assertThat(Vitals.oldGrowth()).isLessThan(1024 * 1024);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void processShouldBeMeasured() {
		Heartbeat first = Vitals.read();
		assertThat(first.residentBytes()).isGreaterThan(10_000_000);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long begun = threads.getCurrentThreadCpuTime();
		while (threads.getCurrentThreadCpuTime() - begun < 50_000_000) {
			Thread.onSpinWait();
		}
		assertThat(Vitals.read().cpuNanos()).isGreaterThan(first.cpuNanos() + 10_000_000);
	}

	@Test
	void readingShouldCostNextToNothing() {
		Vitals.read();
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 20; i++) {
			long begun = System.nanoTime();
			Vitals.read();
			best = Math.min(best, System.nanoTime() - begun);
		}
		assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(1));
	}

}
