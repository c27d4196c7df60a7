package io.github.processpool.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.github.processpool.ProcessPool;
import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random tasks, kills, stops, cancels and resizes at the same time: every task has one
 * outcome, and that an allowed one, none runs more often than it may, and nothing is left
 * behind. The system properties {@code chaos.seed} and {@code chaos.seconds} repeat a run
 * with the same choices, though not with the same timing, and make it longer.
 */
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class ChaosIntegrationTests {

	private static final int SUBMITTERS = 4;

	private static final int WARM_UP_SECONDS = 8;

	/** Classes and code that come late are no leak; a payload for each task would be. */
	private static final long HEAP_SLACK = 8 * 1024 * 1024;

	private static final int DESCRIPTOR_SLACK = 4;

	private final long seed = Long.getLong("chaos.seed", System.nanoTime() & 0xffffff);

	private final long seconds = Long.getLong("chaos.seconds", 60);

	@TempDir
	private Path directory;

	@Test
	void poolUnderChaosShouldLoseNothingAndLeaveNothing() throws Exception {
		System.out.println("chaos: -Dchaos.seed=" + this.seed + " -Dchaos.seconds=" + this.seconds);
		try {
			run(this.seed + 1, WARM_UP_SECONDS);
			long descriptors = descriptors();
			long heap = heap();
			ChaosAccount account = run(this.seed, this.seconds);
			System.out.println(account.line(this.seed, this.seconds) + " descriptors " + descriptors + " -> "
					+ descriptors() + " | heap " + (heap >> 10) + " -> " + (heap() >> 10) + " KB |");
			account.requireVariety(this.seconds);
			Awaitility.await("descriptors and heap")
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofSeconds(1))
				.untilAsserted(() -> {
					assertThat(descriptors()).as("open descriptors")
						.isLessThanOrEqualTo(descriptors + DESCRIPTOR_SLACK);
					assertThat(heap()).as("heap in use").isLessThanOrEqualTo(heap + HEAP_SLACK);
				});
		}
		catch (Throwable ex) {
			throw new AssertionError("chaos with -Dchaos.seed=" + this.seed + ": " + ex.getMessage(), ex);
		}
	}

	private ChaosAccount run(long seed, long seconds) throws Exception {
		Path trace = Files.createTempFile(this.directory, "trace", "");
		ChaosAccount account = new ChaosAccount();
		ProcessPool pool = pool(account);
		try {
			CountDownLatch over = new CountDownLatch(1);
			ChaosLoad load = new ChaosLoad(pool, account, trace, over);
			List<Thread> threads = start(seed, pool, load, over);
			boolean failed = account.awaitComplaint(seconds);
			over.countDown();
			join(threads, pool);
			assertThat(failed).as("complaints %s", account.complaints()).isFalse();
			checkService(pool, load);
			checkRest(pool);
			closeUnderLoad(pool, load, new Random(seed));
		}
		finally {
			pool.close();
		}
		account.balance(trace);
		Files.delete(trace);
		return account;
	}

	private static ProcessPool pool(ChaosAccount account) {
		return Pools.small()
			.name("chaos")
			.coreSize(1)
			.maxSize(ChaosMonkey.MAX_SIZE)
			.queueCapacity(30)
			.keepAlive(Duration.ofSeconds(1))
			.maxTasksPerWorker(60)
			.maxLifetime(Duration.ofMillis(1500))
			.heartbeatTimeout(Duration.ofMillis(1500))
			.cancelGrace(Duration.ofMillis(100))
			.listener(account)
			.build();
	}

	private static List<Thread> start(long seed, ProcessPool pool, ChaosLoad load, CountDownLatch over) {
		List<Thread> threads = new ArrayList<>();
		threads.add(new Thread(new ChaosMonkey(pool, load, new Random(seed), over), "chaos-monkey"));
		for (int i = 1; i <= SUBMITTERS; i++) {
			Random random = new Random(seed * 31 + i);
			threads.add(new Thread(() -> load.submit(random), "chaos-submit-" + i));
			threads.add(new Thread(load::book, "chaos-book-" + i));
		}
		ChaosCaller caller = new ChaosCaller(pool, load, new Random(seed + 1000), over);
		threads.add(new Thread(caller, "chaos-call"));
		threads.forEach(Thread::start);
		return threads;
	}

	private static void join(List<Thread> threads, ProcessPool pool) throws InterruptedException {
		for (Thread thread : threads) {
			thread.join(ChaosLoad.BOUND.toMillis() * 2);
			assertThat(thread.isAlive()).as("%s hangs\n%s\n%s", thread.getName(), pool.snapshot(), threads()).isFalse();
		}
	}

	/**
	 * The last start may have been killed, so the first tasks may be refused.
	 */
	private static void checkService(ProcessPool pool, ChaosLoad load) throws Exception {
		Awaitility.await("the pool serves").atMost(ChaosLoad.BOUND).until(() -> quick(load));
		for (int i = 0; i < 100; i++) {
			assertThat(quick(load)).as("task %d after the chaos\n%s", i, pool.snapshot()).isTrue();
		}
	}

	private static boolean quick(ChaosLoad load) throws Exception {
		ChaosEntry entry = load.submit(ChaosKind.QUICK, 0, TaskOptions.defaults());
		load.book();
		return !entry.future().isCompletedExceptionally() && entry.judgeValue(entry.future().get()) == Outcome.SUCCESS;
	}

	/**
	 * Without load the pool goes back to its core size and has no files but its lock.
	 */
	private static void checkRest(ProcessPool pool) {
		Awaitility.await("the pool comes to rest").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(pool.snapshot().workers()).hasSizeLessThanOrEqualTo(1);
			assertThat(ProcessHandle.current().children()).hasSizeLessThanOrEqualTo(1);
			assertThat(files()).hasSizeLessThanOrEqualTo(1);
		});
	}

	private static void closeUnderLoad(ProcessPool pool, ChaosLoad load, Random random) {
		List<ChaosEntry> entries = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			ChaosEntry entry = load.submitOne(random);
			entry.meddle("cancel by close");
			entries.add(entry);
		}
		long start = System.nanoTime();
		pool.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
		Awaitility.await("outcomes after the close").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(entries).allMatch((entry) -> entry.future().isDone());
		});
		load.book();
	}

	private static List<Path> files() throws IOException {
		List<Path> files = new ArrayList<>();
		for (Path own : NothingLeftBehind.directories()) {
			try (Stream<Path> list = Files.list(own)) {
				list.forEach(files::add);
			}
		}
		return files;
	}

	private static long descriptors() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.count();
		}
	}

	private static long heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * The stacks of all threads, for what hangs.
	 */
	static String threads() {
		StringBuilder text = new StringBuilder();
		for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
			text.append(thread.getKey()).append(' ').append(thread.getKey().getState()).append('\n');
			for (StackTraceElement element : thread.getValue()) {
				text.append("\tat ").append(element).append('\n');
			}
		}
		return text.toString();
	}

}
