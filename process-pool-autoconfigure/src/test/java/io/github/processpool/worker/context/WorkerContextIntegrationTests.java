package io.github.processpool.worker.context;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.testapp.RunningApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with everything that acts by itself, started by its {@code main} method,
 * and two workers of its pool.
 */
class WorkerContextIntegrationTests {

	@TempDir
	static Path directory;

	private static RunningApplication application;

	private static final Set<Long> workers = new TreeSet<>();

	@BeforeAll
	static void startApplicationAndTwoWorkers() throws IOException {
		application = RunningApplication.start(directory,
				List.of("-Dtestapp.from-option=option", "-Dtestapp.overridden=option"),
				List.of("--testapp.from-argument=argument", "--testapp.overridden=argument",
						"--logging.level.io.github.processpool.slim=info"));
		Path meeting = Files.createDirectory(directory.resolve("meeting"));
		List<CompletableFuture<String>> calls = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			calls.add(CompletableFuture.supplyAsync(() -> application.get("meet", meeting.toString()),
					(task) -> new Thread(task).start()));
		}
		calls.forEach((call) -> workers.add(Long.parseLong(call.join())));
		// Everything that a worker may do late has had its chance when these are done
		application.get("documents", "");
		application.get("publish", "inside");
		application.get("publish-here", "outside");
	}

	@AfterAll
	static void partsAreStoppedInTheParentOnly() {
		application.close();
		assertThat(application.whoDid("lifecycle-stop")).containsExactly(application.pid());
		assertThat(application.whoDid("closed")).containsExactly(application.pid());
	}

	@Test
	void partsThatNoDeferredBeanNeedsWereLeftOut() {
		assertThat(application.output())
			.containsPattern("pool default: workers define \\d+ of \\d+ bean definitions; "
					+ "left out: .* \\(\\d+ auto-configurations\\)")
			.doesNotContain("whole context");
	}

	@Test
	void twoWorkersRan() {
		assertThat(workers).hasSize(2).doesNotContain(application.pid());
	}

	@ParameterizedTest
	@ValueSource(strings = { "application-runner", "command-line-runner", "ready", "started", "available",
			"refreshed-bean", "refreshed-method", "web-server", "lifecycle-start", "smart-singleton", "eager",
			"scheduled", "scheduled-by-code", "scheduling-configurer", "task-scheduler", "migration" })
	void partActsInTheParentOnly(String part) {
		assertThat(application.whoDid(part)).containsExactly(application.pid());
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain-method-inside", "domain-bean-inside" })
	void eventOfADeferredCallIsHeardInItsWorkerOnly(String listener) {
		assertThat(application.whoDid(listener)).hasSize(1).isSubsetOf(workers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain-method-outside", "domain-bean-outside" })
	void eventOfTheParentIsHeardThereOnly(String listener) {
		assertThat(application.whoDid(listener)).containsExactly(application.pid());
	}

	@Test
	void jpaWorksInATransactionAndLeavesTheSchemaAlone() {
		assertThat(application.get("documents", "")).isEqualTo("1");
	}

	@Test
	void jdbcWorksAndScriptsRanOnce() {
		assertThat(application.get("rows", "note")).isEqualTo("1");
	}

	@Test
	void cacheWorks() {
		assertThat(application.get("cached", "")).isEqualTo("1");
	}

	@Test
	void threadsOfServersSchedulersAndExportersAreAbsent() {
		assertThat(application.get("threads", "").lines())
			.noneMatch((name) -> name.startsWith("http-nio") || name.startsWith("testapp-scheduling-")
					|| name.startsWith("Catalina") || name.contains("metrics-publisher"));
	}

	@Test
	void pidFileIsTheParents() {
		assertThat(directory.resolve("pid")).hasContent(Long.toString(application.pid()));
	}

	@Test
	void argumentArrivesWithItsPrecedence() {
		assertThat(application.get("property", "testapp.from-argument")).isEqualTo("argument");
		assertThat(application.get("property", "testapp.overridden")).isEqualTo("argument");
	}

	@Test
	void systemPropertyOfTheCommandLineArrives() {
		assertThat(application.get("property", "testapp.from-option")).isEqualTo("option");
		assertThat(application.get("system-property", "testapp.from-option")).isEqualTo("option");
	}

	@Test
	void configurationFileIsReadAgain() {
		assertThat(application.get("property", "testapp.from-file")).isEqualTo("file");
	}

	@Test
	void environmentVariableBindsRelaxed() {
		assertThat(application.get("property", "testapp.from-variable")).isEqualTo("variable");
		assertThat(application.get("property", "spring.datasource.url")).startsWith("jdbc:h2:file:");
	}

	@Test
	void portOfTheParentIsKnown() {
		String port = application.get("property", "local.server.port");
		assertThat(application.whoDid("port=" + port)).containsExactly(application.pid());
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.flyway.enabled", "spring.jmx.enabled", "spring.docker.compose.enabled",
			"management.otlp.metrics.export.enabled" })
	void featureIsOff(String property) {
		assertThat(application.get("property", property)).isEqualTo("false");
	}

	@Test
	void aotAndRestartAreOff() {
		assertThat(application.get("system-property", "spring.aot.enabled")).isEqualTo("false");
		assertThat(application.get("system-property", "spring.devtools.restart.enabled")).isEqualTo("false");
	}

}
