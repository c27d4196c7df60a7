package io.github.processpool.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What can only be done to a process of its own: Ctrl-C, the end of the JVM, and machines
 * that have run out of memory or of processes.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@ExtendWith(NothingLeftBehind.class)
class ParentFaultsIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	@Faults("F19")
	void ctrlCShouldLetRunningTasksEndAndLeaveNothingAndPrintNothing() throws Exception {
		// A shell without job control has its children ignore the signal
		try (ParentProcess parent = ParentProcess.start(this.directory, "two busy and one waiting", "env",
				"--default-signal=INT", "setsid")) {
			parent.await("started-1");
			parent.await("started-2");
			List<ProcessHandle> workers = ProcessHandle.of(parent.pid()).orElseThrow().children().toList();
			assertThat(workers).hasSize(2);
			assertThat(new ProcessBuilder("kill", "-INT", "--", "-" + parent.pid()).start().waitFor()).isZero();
			Awaitility.await("workers go on")
				.during(Duration.ofMillis(500))
				.until(() -> workers.stream().allMatch(ProcessHandle::isAlive));
			parent.tell("release");
			assertThat(parent.awaitExit()).isEqualTo(130);
			for (int i = 1; i <= 3; i++) {
				assertThat(parent.await("ended-" + i)).isEqualTo("released\n");
			}
			Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> Processes.noneRuns(workers));
			assertThat(parent.leftFiles()).isEmpty();
			assertThat(parent.output()).as("what parent and workers printed")
				.doesNotContain("Exception")
				.doesNotContain("\tat ");
			FaultReport.happened("3 tasks ended, nothing printed, nothing left");
		}
	}

	@Test
	@Faults({ "F4", "F5" })
	void jvmThatExitsWithoutAStopShouldEndItsTasksFirstAndLeaveNothing() throws Exception {
		try (ParentProcess parent = ParentProcess.start(this.directory, "exit while busy")) {
			parent.await("started-1");
			parent.tell("release");
			assertThat(parent.awaitExit()).isZero();
			assertThat(parent.await("ended-1")).isEqualTo("released\n");
			assertThat(parent.leftFiles()).isEmpty();
			assertThat(parent.output()).doesNotContain("Exception");
		}
	}

	@Test
	@Faults("G12")
	void jvmThatIsShuttingDownShouldRejectInsteadOfStarting() throws Exception {
		try (ParentProcess parent = ParentProcess.start(this.directory, "submit while exiting")) {
			assertThat(parent.awaitExit()).isZero();
			String outcome = parent.await("outcome");
			FaultReport.happened(outcome);
			assertThat(outcome).contains("ProcessPoolRejectedException").contains("this JVM is shutting down");
			assertThat(parent.leftFiles()).isEmpty();
		}
	}

	@Test
	@Faults({ "B8", "B16", "E12" })
	void workerThatTheKernelKillsForMemoryShouldBeProvenSoAndTheParentLive() throws Exception {
		ControlGroup group = ControlGroup.create("memory");
		assumeTrue(group != null, "a control group for memory can be made here");
		try (group; ParentProcess parent = ParentProcess.start(this.directory, "eat memory", group.prefix())) {
			assertThat(parent.await("ready")).startsWith("value ");
			group.set("memory.limit_in_bytes", Long.toString(600 * 1024 * 1024));
			parent.tell("limited");
			String outcome = parent.await("eaten");
			FaultReport.happened(outcome);
			assertThat(outcome).contains("WorkerCrashedException")
				.contains("SIGKILL (exit code 137)")
				.contains("the kernel's OOM killer ended a process of this control group")
				.contains("oom_kill 0 -> 1")
				.contains("ProcessPool.Builder.maxSize");
			assertThat(parent.await("next")).startsWith("value ");
			assertThat(parent.awaitExit()).isZero();
		}
	}

	@Test
	@Faults({ "machine", "G12" })
	void firstTaskWithoutThreadsShouldBeRefusedWithTheRemedyAndThePoolRecover() throws Exception {
		ControlGroup group = ControlGroup.create("pids");
		assumeTrue(group != null, "a control group for processes can be made here");
		try (group;
				ParentProcess parent = ParentProcess.start(this.directory, "first task without threads",
						group.prefix())) {
			parent.await("ready");
			limitToPresent(group);
			parent.tell("limited");
			String outcome = parent.await("refused");
			FaultReport.happened(outcome);
			assertThat(outcome).contains("WorkerStartException")
				.contains("ulimit -u")
				.contains("ProcessPool.Builder.maxSize");
			group.set("pids.max", "max");
			parent.tell("unlimited");
			assertThat(parent.await("next")).startsWith("value ");
			assertThat(parent.awaitExit()).isZero();
			assertThat(parent.leftFiles()).isEmpty();
		}
	}

	@Test
	@Faults({ "machine", "C12" })
	void workerLostWithoutThreadsShouldBeReplacedOnceThereAreSome() throws Exception {
		ControlGroup group = ControlGroup.create("pids");
		assumeTrue(group != null, "a control group for processes can be made here");
		try (group;
				ParentProcess parent = ParentProcess.start(this.directory, "lose the worker without threads",
						group.prefix())) {
			long worker = Long.parseLong(parent.await("ready").trim());
			Awaitility.await("idle threads have ended").pollDelay(Duration.ofSeconds(6)).until(() -> true);
			ProcessHandle.of(worker).orElseThrow().destroyForcibly();
			group.set("pids.max", "1");
			Awaitility.await().until(() -> ProcessHandle.of(worker).isEmpty());
			parent.tell("limited");
			Awaitility.await("the pool is in trouble for a while").pollDelay(Duration.ofSeconds(1)).until(() -> true);
			group.set("pids.max", "max");
			parent.tell("unlimited");
			String outcome = parent.await("outcome");
			FaultReport.happened(outcome);
			assertThat(outcome).matches("(?s)value \\d+\n|.*WorkerStartException.*ulimit -u.*");
			assertThat(parent.await("next")).startsWith("value ");
			assertThat(parent.awaitExit()).isZero();
			assertThat(parent.leftFiles()).isEmpty();
		}
	}

	private static void limitToPresent(ControlGroup group) throws Exception {
		group.set("pids.max", group.get("pids.current"));
	}

}
