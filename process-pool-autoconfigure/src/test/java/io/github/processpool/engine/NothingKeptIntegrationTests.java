package io.github.processpool.engine;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.management.ObjectName;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After very many tasks, neither side keeps anything of them.
 */
@Timeout(180)
@ExtendWith(NothingLeftBehind.class)
class NothingKeptIntegrationTests {

	private static final int TASKS = 100_000;

	private static final int IN_FLIGHT = 200;

	/** What lives on for good reasons: the last tasks, for whom nobody made room yet. */
	private static final int FEW = 2 * IN_FLIGHT;

	private final ProcessPool pool = Pools.small()
		.maxSize(1)
		.taskTimeout(Duration.ofMinutes(10))
		.queueTimeout(Duration.ofMinutes(10))
		.build();

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	@Faults({ "D15", "H3" })
	void argumentsResultsTasksAndTimersShouldBeLetGo() throws Exception {
		List<WeakReference<Object>> watched = new ArrayList<>();
		Deque<CompletableFuture<Ball>> inFlight = new ArrayDeque<>();
		for (int i = 0; i < TASKS; i++) {
			if (inFlight.size() == IN_FLIGHT) {
				Ball back = inFlight.remove().get(30, TimeUnit.SECONDS);
				if (i % 1000 == 0) {
					watched.add(new WeakReference<>(back));
				}
			}
			Ball ball = new Ball(i);
			if (i % 1000 == 0) {
				watched.add(new WeakReference<>(ball));
			}
			inFlight.add(this.pool.submit(throwBack(ball)));
		}
		CompletableFuture<Ball> kept = null;
		for (CompletableFuture<Ball> future : inFlight) {
			kept = future;
			assertThat(kept.get(30, TimeUnit.SECONDS).number()).isNotNegative();
		}
		inFlight.clear();
		Awaitility.await("arguments and results are gone").atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return watched.stream().allMatch((reference) -> reference.get() == null);
		});
		String here = histogram();
		assertThat(count(here, PendingTask.class)).isLessThan(FEW);
		assertThat(count(here, Assignment.class)).isLessThan(FEW);
		assertThat(count(here, ScheduledThreadPoolExecutor.class.getName() + "$ScheduledFutureTask")).isLessThan(FEW);
		int worker = this.pool.snapshot().workers().get(0).id();
		assertThat(count(this.pool.heapHistogram(worker).get(60, TimeUnit.SECONDS), Ball.class)).isLessThan(FEW);
		assertThat(kept).isCompleted();
	}

	private static ProcessTask<Ball> throwBack(Ball ball) {
		return () -> ball;
	}

	private static String histogram() throws Exception {
		return String.valueOf(ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() }));
	}

	private static long count(String histogram, Class<?> type) {
		return count(histogram, type.getName());
	}

	/** Lines are made of rank, instances, bytes, class and module. */
	private static long count(String histogram, String type) {
		assertThat(histogram).contains("java.lang.String");
		return histogram.lines()
			.map((line) -> line.trim().split("\\s+"))
			.filter((columns) -> columns.length > 3 && columns[3].equals(type))
			.mapToLong((columns) -> Long.parseLong(columns[1]))
			.sum();
	}

	/**
	 * Goes there and back.
	 *
	 * @param number which one it is
	 */
	record Ball(int number) implements Serializable {

	}

}
