package io.github.processpool.actuate;

import java.time.Duration;
import java.util.List;

import io.github.processpool.ExitReason;
import io.github.processpool.TaskEvent;
import io.github.processpool.TaskEvent.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of a pool.
 */
class PoolActivityTests {

	private final PoolActivity activity = new PoolActivity(System.nanoTime());

	@Test
	void thereShouldBeNoTimesWithoutTasks() {
		PoolDescriptor.Tasks tasks = this.activity.tasks();
		assertThat(tasks.finished()).isZero();
		assertThat(tasks.executed()).isNull();
		assertThat(tasks.waited()).isNull();
	}

	@Test
	void percentilesShouldBeOfTheTasksThatRan() {
		for (int i = 1; i <= 100; i++) {
			this.activity.finished(event(Outcome.SUCCESS, Duration.ofMillis(i), 1));
		}
		this.activity.finished(event(Outcome.REJECTED, null, 0));
		PoolDescriptor.Tasks tasks = this.activity.tasks();
		assertThat(tasks.finished()).isEqualTo(101);
		assertThat(tasks.failed()).isOne();
		assertThat(tasks.executed()).isEqualTo(new PoolDescriptor.Times(50, 95, 99, 100));
	}

	@Test
	void memoryShouldNotGrow() {
		for (int worker = 1; worker <= 500; worker++) {
			this.activity.started(worker);
			for (int i = 0; i < 10; i++) {
				this.activity.finished(event(Outcome.CRASHED, Duration.ofMillis(1), worker));
			}
			this.activity.ended(worker, ExitReason.CRASHED);
		}
		assertThat(this.activity.tasks().finished()).isEqualTo(1024);
		PoolDescriptor.Activity described = this.activity.describe(10, List.of());
		assertThat(described.lanes()).hasSizeLessThanOrEqualTo(64)
			.extracting(PoolDescriptor.WorkerLane::worker)
			.endsWith(500);
		assertThat(described.finished().stream().mapToInt(Integer::intValue).sum()).isEqualTo(5000);
		assertThat(described.recent()).hasSize(20).allSatisfy((task) -> assertThat(task.worker()).isGreaterThan(498));
	}

	private static TaskEvent event(Outcome outcome, Duration executed, int worker) {
		return new TaskEvent("x", "Reports", "render", outcome, Duration.ofMillis(200),
				(executed != null) ? Duration.ofMillis(3) : null, executed, worker, 1, null);
	}

}
