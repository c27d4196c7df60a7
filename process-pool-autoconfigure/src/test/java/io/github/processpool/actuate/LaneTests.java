package io.github.processpool.actuate;

import java.util.Collections;

import io.github.processpool.ExitReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the time of a worker is spread over seconds.
 */
class LaneTests {

	private static final long SECOND = 1_000_000_000L;

	private final Lane lane = new Lane();

	@Test
	void timeOfATaskShouldBeSpreadOverTheSecondsInWhichItRan() {
		this.lane.ran(SECOND / 2, 3 * SECOND + SECOND / 4, true);
		PoolDescriptor.WorkerLane described = this.lane.describe(1, 3 * SECOND + SECOND / 2, 5, -1);
		assertThat(described.busyMillis()).containsExactly(0, 500, 1000, 1000, 250);
		assertThat(described.failed()).containsOnly(0);
		assertThat(this.lane.counts(3 * SECOND, 4, false)).containsExactly(0, 0, 0, 1);
	}

	@Test
	void taskThatRunsShouldCountUpToNow() {
		PoolDescriptor.WorkerLane described = this.lane.describe(1, 9 * SECOND + SECOND / 10, 3, 8 * SECOND);
		assertThat(described.busyMillis()).containsExactly(0, 1000, 100);
	}

	@Test
	void moreThanASecondInASecondShouldBeASecond() {
		for (int i = 0; i < 5; i++) {
			this.lane.ran(4 * SECOND, 5 * SECOND, true);
		}
		assertThat(this.lane.describe(1, 5 * SECOND, 2, -1).busyMillis()).containsExactly(1000, 0);
	}

	@Test
	void secondsLongPastShouldBeForgotten() {
		this.lane.ran(SECOND, 2 * SECOND, false);
		long later = (Lane.SECONDS + 1) * SECOND;
		assertThat(this.lane.describe(1, later, Lane.SECONDS, -1).busyMillis())
			.isEqualTo(Collections.nCopies(Lane.SECONDS, 0));
		this.lane.ran(later, later + SECOND / 2, true);
		assertThat(this.lane.describe(1, later + SECOND / 2, 2, -1).busyMillis()).containsExactly(0, 500);
		assertThat(this.lane.counts(later, 2, true)).containsExactly(0, 0);
	}

	@Test
	void taskLongerThanTheMemoryShouldFillIt() {
		this.lane.ran(0, 1000 * SECOND, true);
		assertThat(this.lane.describe(1, 1000 * SECOND, Lane.SECONDS, -1).busyMillis().subList(0, Lane.SECONDS - 1))
			.containsOnly(1000);
	}

	@Test
	void failuresShouldBeCounted() {
		this.lane.ran(SECOND, 2 * SECOND, false);
		this.lane.rejected(2 * SECOND);
		assertThat(this.lane.counts(2 * SECOND, 2, true)).containsExactly(0, 2);
	}

	@Test
	void numberOfAnEndedWorkerMayBeUsedAgain() {
		this.lane.started(SECOND);
		this.lane.ended(2 * SECOND, ExitReason.SHUTDOWN);
		assertThat(this.lane.isEnded()).isTrue();
		this.lane.started(3 * SECOND);
		PoolDescriptor.WorkerLane described = this.lane.describe(1, 4 * SECOND, 1, -1);
		assertThat(described.endedMillisAgo()).isNull();
		assertThat(described.reason()).isNull();
		assertThat(described.startedMillisAgo()).isEqualTo(1000);
	}

}
