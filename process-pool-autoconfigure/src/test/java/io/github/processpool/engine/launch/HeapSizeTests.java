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
		HeapSize.Plan plan = compute(maxSize, 0, container(limit), mega(parent));
		assertThat(plan).isEqualTo(new HeapSize.Plan(mega(heap), workers, null));
	}

	@Test
	void computeWhenNotAllFitShouldHaveFewerWorkers() {
		// 0.8 * 1024 - 256 = 563 = 2 * (131 + 150)
		HeapSize.Plan plan = compute(8, 0, container(1024), mega(256));
		assertThat(plan.maxSize()).isEqualTo(2);
		assertThat(plan.maxHeap()).isEqualTo(mega(131));
		assertThat(plan.warning()).isEqualTo("only 2 of 8 workers fit into 819 MB, which is 80 % of the memory of this"
				+ " container, next to this JVM's heap of up to 256 MB, so max-size is 2 and each worker's heap 131 MB."
				+ " Lower -Xmx of the application, give it more memory, or set 'process-pool.max-size' and"
				+ " 'process-pool.worker.max-heap'");
	}

	@Test
	void computeWhenFewerWorkersShouldKeepToAQuarter() {
		HeapSize.Plan plan = compute(8, 0, container(512), mega(100));
		assertThat(plan.maxSize()).isEqualTo(1);
		assertThat(plan.maxHeap()).isEqualTo(mega(128));
	}

	@Test
	void computeWhenNoneFitsShouldTryOneSmallWorker() {
		HeapSize.Plan plan = compute(4, 0, container(512), mega(512));
		assertThat(plan.maxSize()).isEqualTo(1);
		assertThat(plan.maxHeap()).isEqualTo(mega(64));
		assertThat(plan.warning()).startsWith("not even one worker fits safely into 409 MB");
	}

	@Test
	void computeWhenConfiguredShouldKeepIt() {
		assertThat(compute(4, mega(1024), container(8192), mega(2048)))
			.isEqualTo(new HeapSize.Plan(mega(1024), 4, null));
	}

	@Test
	void computeWhenConfiguredAndNotAllFitShouldHaveFewerWorkers() {
		HeapSize.Plan plan = compute(4, mega(1024), new MemoryLimit(mega(4096), false), mega(1024));
		assertThat(plan.maxSize()).isEqualTo(2);
		assertThat(plan.maxHeap()).isEqualTo(mega(1024));
		assertThat(plan.warning()).startsWith("only 2 of 4 workers with a heap of 1024 MB and 150 MB beside it fit into"
				+ " the 4096 MB of this machine next to this JVM's heap of up to 1024 MB, so max-size is 2");
	}

	@Test
	void computeWhenConfiguredAndNoneFitsShouldFailWithFigures() {
		assertThatIllegalStateException().isThrownBy(() -> compute(4, mega(512), container(1024), mega(600)))
			.withMessage("A worker with a heap of 512 MB and 150 MB beside it does not fit into the 1024 MB of this"
					+ " container next to this JVM's heap of up to 600 MB. Lower 'process-pool.worker.max-heap' or -Xmx"
					+ " of the application, or give this container more memory.");
	}

	@Test
	void computeWhenConfiguredAndParentAloneIsTooLargeShouldFail() {
		assertThatIllegalStateException().isThrownBy(() -> compute(1, mega(64), container(512), mega(1024)));
	}

	@ParameterizedTest
	@CsvSource({ "-Xmx65m, 68157440", "-Xmx66560k, 68157440", "-XX:MaxHeapSize=68157440, 68157440" })
	void computeShouldReadOptionsOfThePool(String option, long heap) {
		assertThat(HeapSize.compute(HeapClaim.of(1, 0, List.of("-Xss1m", option)), List.of(), NAMES).maxHeap())
			.isEqualTo(heap);
	}

	@Test
	void computeShouldUseLimitsOfThisMachine() {
		HeapSize.Plan plan = HeapSize.compute(new HeapClaim(1, 0), List.of(), NAMES);
		assertThat(plan.maxHeap()).isBetween(mega(64), MemoryLimit.detect().bytes() / 4);
	}

	@Test
	void poolsWithComputedHeapsShouldShareWhatThereIs() {
		HeapClaim one = new HeapClaim(3, 0);
		HeapClaim two = new HeapClaim(2, 0);
		// 0.8 * 8192 - 2048 = 4505; / 5 - 150 = 751
		assertThat(HeapSize.compute(one, List.of(two), container(8192), mega(2048), NAMES))
			.isEqualTo(new HeapSize.Plan(mega(751), 3, null));
		assertThat(HeapSize.compute(two, List.of(one), container(8192), mega(2048), NAMES))
			.isEqualTo(new HeapSize.Plan(mega(751), 2, null));
	}

	@Test
	void poolWithComputedHeapShouldLeaveOthersWhatIsConfigured() {
		// 0.8 * 8192 - 2048 = 4505; - 2 * (1024 + 150) = 2157; / 2 - 150 = 928
		assertThat(HeapSize.compute(new HeapClaim(2, 0), List.of(new HeapClaim(2, mega(1024))), container(8192),
				mega(2048), NAMES))
			.isEqualTo(new HeapSize.Plan(mega(928), 2, null));
	}

	@Test
	void poolWithConfiguredHeapShouldNotMindComputedOnes() {
		assertThat(HeapSize.compute(new HeapClaim(2, mega(1024)), List.of(new HeapClaim(64, 0)), container(8192),
				mega(2048), NAMES))
			.isEqualTo(new HeapSize.Plan(mega(1024), 2, null));
	}

	@Test
	void poolsThatDoNotFitShouldGiveInProportion() {
		HeapClaim large = new HeapClaim(6, mega(850));
		HeapClaim small = new HeapClaim(7, mega(350));
		// 5524 - 1024 = 4500; - 1000 - 500 = 3000, wanted are 3000 (as 5 do not fit) +
		// 3000
		HeapSize.Plan plan = HeapSize.compute(large, List.of(small), container(5524), mega(1024), NAMES);
		assertThat(plan.maxSize()).isEqualTo(2);
		assertThat(plan.warning()).contains(
				" next to this JVM's heap of up to 1024 MB and the workers of the other pools, so max-size is 2.");
		assertThat(HeapSize.compute(small, List.of(large), container(5524), mega(1024), NAMES).maxSize()).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "2048, 512, 4, 0, 4, 0, 4, 0", "4096, 1024, 8, 256, 8, 512, 8, 0", "8192, 2048, 9, 0, 1, 1024, 3, 512",
			"3000, 700, 5, 300, 5, 300, 5, 300", "65536, 4096, 64, 0, 64, 0, 64, 0" })
	void allWorkersShouldFitTogether(long limit, long parent, int size1, long heap1, int size2, long heap2, int size3,
			long heap3) {
		List<HeapClaim> claims = List.of(new HeapClaim(size1, mega(heap1)), new HeapClaim(size2, mega(heap2)),
				new HeapClaim(size3, mega(heap3)));
		long total = mega(parent);
		for (HeapClaim claim : claims) {
			List<HeapClaim> others = claims.stream().filter((other) -> other != claim).toList();
			HeapSize.Plan plan = HeapSize.compute(claim, others, container(limit), mega(parent), NAMES);
			assertThat(plan.maxSize()).isBetween(1, claim.maxSize());
			total += plan.maxSize() * (plan.maxHeap() + mega(150));
		}
		assertThat(total).isBetween(mega(limit / 2), mega(limit));
	}

	@Test
	void computeWhenConfiguredPoolsDoNotFitTogetherShouldFailWithFigures() {
		assertThatIllegalStateException()
			.isThrownBy(() -> HeapSize.compute(new HeapClaim(1, mega(512)), List.of(new HeapClaim(9, mega(512))),
					container(1800), mega(600), NAMES))
			.withMessage("A worker with a heap of 512 MB and 150 MB beside it does not fit into the 1800 MB of this"
					+ " container next to this JVM's heap of up to 600 MB and one worker of each other pool, which take"
					+ " 662 MB. Lower 'process-pool.worker.max-heap', that of another pool, or -Xmx of the application,"
					+ " or give this container more memory.");
	}

	private static HeapSize.Plan compute(int maxSize, long maxHeap, MemoryLimit limit, long parentHeap) {
		return HeapSize.compute(new HeapClaim(maxSize, maxHeap), List.of(), limit, parentHeap, NAMES);
	}

	private static MemoryLimit container(long mega) {
		return new MemoryLimit(mega(mega), true);
	}

	private static long mega(long count) {
		return count * 1024 * 1024;
	}

}
