package io.github.processpool.engine.launch;

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HeapSize}. All sizes are in megabytes.
 */
class HeapSizeTests {

	private static final UnaryOperator<String> NAMES = (setting) -> "'process-pool." + setting + "'";

	@ParameterizedTest
	@CsvSource({
			// 0.8 * 8192 - 2048 = 4505; / 4 - 150 = 976
			"8192, 2048, 4, 976, 4",
			// a quarter of the limit at most
			"8192, 512, 2, 2048, 2",
			// exactly the smallest heap: 0.8 * 1000 - 372 = 428 = 2 * (64 + 150)
			"1000, 372, 2, 64, 2" })
	void computeShouldDivideTheMemory(long limit, long parent, int maxSize, long heap, int workers) {
		HeapSize.Plan plan = HeapSize.compute(maxSize, 0, container(limit), mega(parent), NAMES);
		assertThat(plan).isEqualTo(new HeapSize.Plan(mega(heap), workers, null));
	}

	@Test
	void computeWhenNotAllFitShouldHaveFewerWorkers() {
		// 0.8 * 1024 - 256 = 563 = 2 * (131 + 150)
		HeapSize.Plan plan = HeapSize.compute(8, 0, container(1024), mega(256), NAMES);
		assertThat(plan.maxSize()).isEqualTo(2);
		assertThat(plan.maxHeap()).isEqualTo(mega(131));
		assertThat(plan.warning()).isEqualTo("only 2 of 8 workers fit into 819 MB, which is 80 % of the memory of this"
				+ " container, next to this JVM's heap of up to 256 MB, so max-size is 2 and each worker's heap 131 MB."
				+ " Lower -Xmx of the application, give it more memory, or set 'process-pool.max-size' and"
				+ " 'process-pool.worker.max-heap'");
	}

	@Test
	void computeWhenFewerWorkersShouldKeepToAQuarter() {
		HeapSize.Plan plan = HeapSize.compute(8, 0, container(512), mega(100), NAMES);
		assertThat(plan.maxSize()).isEqualTo(1);
		assertThat(plan.maxHeap()).isEqualTo(mega(128));
	}

	@Test
	void computeWhenNoneFitsShouldTryOneSmallWorker() {
		HeapSize.Plan plan = HeapSize.compute(4, 0, container(512), mega(512), NAMES);
		assertThat(plan.maxSize()).isEqualTo(1);
		assertThat(plan.maxHeap()).isEqualTo(mega(64));
		assertThat(plan.warning()).startsWith("not even one worker fits safely into 409 MB");
	}

	@Test
	void computeWhenConfiguredShouldKeepIt() {
		assertThat(HeapSize.compute(4, mega(1024), container(8192), mega(2048), NAMES))
			.isEqualTo(new HeapSize.Plan(mega(1024), 4, null));
	}

	@Test
	void computeWhenConfiguredAndNotAllFitShouldHaveFewerWorkers() {
		HeapSize.Plan plan = HeapSize.compute(4, mega(1024), new MemoryLimit(mega(4096), false), mega(1024), NAMES);
		assertThat(plan.maxSize()).isEqualTo(2);
		assertThat(plan.maxHeap()).isEqualTo(mega(1024));
		assertThat(plan.warning()).startsWith("only 2 of 4 workers with a heap of 1024 MB and 150 MB beside it fit into"
				+ " the 4096 MB of this machine next to this JVM's heap of up to 1024 MB, so max-size is 2");
	}

	@Test
	void computeWhenConfiguredAndNoneFitsShouldFailWithFigures() {
		assertThatIllegalStateException()
			.isThrownBy(() -> HeapSize.compute(4, mega(512), container(1024), mega(600), NAMES))
			.withMessage("A worker with a heap of 512 MB and 150 MB beside it does not fit into the 1024 MB of this"
					+ " container next to this JVM's heap of up to 600 MB. Lower 'process-pool.worker.max-heap' or -Xmx"
					+ " of the application, or give this container more memory.");
	}

	@Test
	void computeWhenConfiguredAndParentAloneIsTooLargeShouldFail() {
		assertThatIllegalStateException()
			.isThrownBy(() -> HeapSize.compute(1, mega(64), container(512), mega(1024), NAMES));
	}

	@ParameterizedTest
	@CsvSource({ "-Xmx65m, 68157440", "-Xmx66560k, 68157440", "-XX:MaxHeapSize=68157440, 68157440" })
	void computeShouldReadOptionsOfThePool(String option, long heap) {
		assertThat(HeapSize.compute(1, 0, List.of("-Xss1m", option), NAMES).maxHeap()).isEqualTo(heap);
	}

	@Test
	void computeShouldUseLimitsOfThisMachine() {
		HeapSize.Plan plan = HeapSize.compute(1, 0, List.of(), NAMES);
		assertThat(plan.maxHeap()).isBetween(mega(64), MemoryLimit.detect().bytes() / 4);
	}

	private static MemoryLimit container(long mega) {
		return new MemoryLimit(mega(mega), true);
	}

	private static long mega(long count) {
		return count * 1024 * 1024;
	}

}
