package io.github.processpool.jfr;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.engine.Deeds;
import io.github.processpool.engine.Pools;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a real recording holds of real workers.
 */
@Timeout(60)
class JfrPoolListenerIntegrationTests {

	private static final String PREFIX = "io.github.processpool.";

	@TempDir
	private Path directory;

	@Test
	void recordingShouldHoldTasksAndWorkers() throws Exception {
		Path file = this.directory.resolve("pool.jfr");
		long pid;
		try (Recording recording = new Recording()) {
			List.of("Task", "WorkerStart", "WorkerExit").forEach((name) -> recording.enable(PREFIX + name));
			recording.start();
			try (ProcessPool pool = Pools.small().listener(new JfrPoolListener()).build()) {
				pid = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
				assertThat(pool.submit(Deeds.halt(9))).failsWithin(Duration.ofSeconds(20));
			}
			recording.stop();
			recording.dump(file);
		}
		List<RecordedEvent> events = RecordingFile.readAllEvents(file);
		assertThat(named(events, "Task")).extracting((event) -> event.getString("outcome"))
			.containsExactlyInAnyOrder("SUCCESS", "CRASHED");
		assertThat(named(events, "Task")).allSatisfy((event) -> {
			assertThat(event.getString("pool")).isEqualTo("test");
			assertThat(event.getString("className")).isEqualTo("Deeds");
			assertThat(event.getString("methodName")).isEqualTo("lambda");
			assertThat(event.getInt("worker")).isOne();
			assertThat(event.getDuration("executed")).isPositive().isLessThanOrEqualTo(event.getDuration("total"));
			assertThat(event.getDuration("waited")).isPositive().isLessThan(event.getDuration("total"));
			assertThat(event.getStackTrace()).isNull();
		});
		RecordedEvent start = named(events, "WorkerStart").stream()
			.filter((event) -> event.getLong("pid") == pid)
			.findAny()
			.orElseThrow();
		assertThat(start.getDuration("startup")).isPositive();
		// Its replacement may have ended with the pool
		RecordedEvent exit = named(events, "WorkerExit").stream()
			.filter((event) -> event.getLong("pid") == pid)
			.findAny()
			.orElseThrow();
		assertThat(exit.getString("reason")).isEqualTo("CRASHED");
		assertThat(exit.getBoolean("planned")).isFalse();
		assertThat(exit.getInt("exitCode")).isEqualTo(9);
		assertThat(exit.getString("task")).isEqualTo("Deeds.lambda");
	}

	@Test
	void nothingShouldBeRecordedThatIsSwitchedOff() throws Exception {
		Path file = this.directory.resolve("pool.jfr");
		try (Recording recording = new Recording()) {
			recording.disable(PREFIX + "Task");
			recording.enable(PREFIX + "WorkerStart");
			recording.start();
			try (ProcessPool pool = Pools.small().listener(new JfrPoolListener()).build()) {
				pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			}
			recording.dump(file);
		}
		List<RecordedEvent> events = RecordingFile.readAllEvents(file);
		assertThat(named(events, "Task")).isEmpty();
		assertThat(named(events, "WorkerStart")).hasSize(1);
	}

	private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
		return events.stream().filter((event) -> event.getEventType().getName().equals(PREFIX + name)).toList();
	}

}
