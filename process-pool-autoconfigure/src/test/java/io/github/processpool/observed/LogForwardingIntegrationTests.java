package io.github.processpool.observed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerCrashedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that what is logged in a worker is logged by the application, once, with what
 * tells whose it is, and survives the worker's death.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogForwardingIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	private Chatty chatty;

	@BeforeEach
	void start() {
		this.context = start(this.directory);
		this.chatty = this.context.getBean(Chatty.class);
	}

	static ConfigurableApplicationContext start(Path directory, String... arguments) {
		return new SpringApplicationBuilder(ObservedApplication.class)
			.properties("server.port=0", "logging.config=classpath:observed-logback.xml",
					"logging.structured.format.console=ecs", "spring.main.banner-mode=off",
					"logging.file.name=" + directory.resolve("application.log"), "process-pool.max-size=2",
					"process-pool.worker.max-heap=96MB", "process-pool.worker.jvm-args=-XX:TieredStopAtLevel=1",
					"management.endpoints.web.exposure.include=loggers", "process-pool.shutdown-timeout=5s")
			.run(arguments);
	}

	@AfterEach
	void stop() {
		MDC.clear();
		this.context.close();
	}

	@Test
	void eventShouldBeInTheLogOnceWithContextExceptionWorkerAndTask(CapturedOutput output) {
		MDC.put("request", "r-17");
		long pid = this.chatty.complain("too dark");
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("complaint: too dark"));
		this.chatty.work(1);
		List<JsonNode> events = events(output, "complaint: too dark");
		assertThat(events).hasSize(1);
		JsonNode event = events.get(0);
		assertThat(event.at("/log/level").asString()).isEqualTo("ERROR");
		assertThat(event.at("/log/logger").asString()).isEqualTo(Chatty.class.getName());
		assertThat(event.at("/process/thread/name").asString()).isEqualTo("main");
		assertThat(event.at("/error/type").asString()).isEqualTo("java.lang.IllegalStateException");
		assertThat(event.at("/error/message").asString()).isEqualTo("outer");
		assertThat(event.at("/error/stack_trace").asString())
			.contains("at io.github.processpool.observed.Chatty.complain(Chatty.java:",
					"Caused by: java.lang.UnsupportedOperationException: inner")
			.contains("common frames omitted");
		assertThat(event.at("/shelf").asString()).isEqualTo("7");
		assertThat(event.at("/request").asString()).isEqualTo("r-17");
		assertThat(event.at("/traceId").asString()).matches("[0-9a-f]{32}");
		assertThat(event.at("/processpool/pool").asString()).isEqualTo("default");
		assertThat(event.at("/processpool/worker").asString()).isEqualTo("1");
		assertThat(event.at("/processpool/task").asString()).isEqualTo("Chatty.complain");
		assertThat(event.at("/processpool/task-id").asString()).isNotEmpty();
		assertThat(output.getAll()).doesNotContain("not wanted");
		assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
		assertThat(this.directory.resolve("application.log")).content().containsOnlyOnce("complaint: too dark");
	}

	@Test
	void eventOfALambdaShouldBeTaggedWithTheNameThatExceptionsUse(CapturedOutput output) throws Exception {
		this.context.getBean(ProcessPool.class).submit(Chatty.greeting()).get(60, TimeUnit.SECONDS);
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("greetings of a lambda"));
		assertThat(events(output, "greetings of a lambda")).singleElement()
			.satisfies((event) -> assertThat(event.at("/processpool/task").asString()).isEqualTo("Chatty.lambda"));
	}

	@Test
	void killShouldLoseNothingThatWasLogged(CapturedOutput output) throws IOException {
		Path file = this.directory.resolve("count");
		CompletableFuture<Long> future = CompletableFuture.supplyAsync(() -> this.chatty.count(file.toString(), 4000));
		int written;
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			MappedByteBuffer memory = access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 16);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> memory.getInt(0) > 500);
			ProcessHandle.of(memory.getInt(8)).orElseThrow().destroyForcibly();
			Throwable failure = catchThrowable(() -> future.get(30, TimeUnit.SECONDS));
			written = memory.getInt(0);
			assertThat(failure).hasRootCauseInstanceOf(WorkerCrashedException.class);
			assertThat(((WorkerCrashedException) failure.getCause()).getStderrTail())
				.anySatisfy((line) -> assertThat(line).contains("line " + written + " of many"));
		}
		assertThat(written).as("the worker was killed while it logged").isLessThan(4000);
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("line " + written + " of many"));
		for (int i = 1; i <= written; i++) {
			assertThat(events(output, "line " + i + " of many")).as("line " + i).hasSize(1);
		}
	}

	@Test
	void levelSetByTheActuatorShouldReachARunningWorkerWithinASecond(CapturedOutput output) throws Exception {
		this.chatty.work(1);
		CompletableFuture<Integer> whisper = CompletableFuture.supplyAsync(() -> this.chatty.whisper(3000));
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.context.getBean(ProcessPool.class)
				.snapshot()
				.workers()
				.stream()
				.anyMatch((worker) -> worker.state() == io.github.processpool.WorkerState.BUSY));
		assertThat(output.getAll()).doesNotContain("whisper");
		long start = System.nanoTime();
		setLevel("DEBUG");
		Awaitility.await()
			.atMost(Duration.ofSeconds(1))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> output.getAll().contains("whisper "));
		System.out.println("level reached the worker after " + (System.nanoTime() - start) / 1_000_000 + " ms");
		setLevel(null);
		assertThat(whisper.get(30, TimeUnit.SECONDS)).isGreaterThan(100);
		assertThat(this.chatty.whisper(50)).isPositive();
		Awaitility.await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> true);
		assertThat(output.getAll().split("whisper 0\"").length).as("whispers from the start").isEqualTo(1);
	}

	private void setLevel(String level) throws Exception {
		String port = this.context.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + port + "/actuator/loggers/" + Chatty.class.getPackageName()))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"configuredLevel\":" + ((level != null) ? "\"" + level + "\"" : "null") + "}"))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
	}

	@Test
	void floodShouldBeLimitedAndWhatWasDroppedBeCounted(CapturedOutput output) {
		long count = this.chatty.flood(1500);
		this.chatty.work(1);
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("log events of worker 1 were dropped"));
		// The loss may be told while much of what was not lost still waits to be written
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(floods(output)).isGreaterThan(4000).isLessThan((int) count));
		assertThat(floods(output)).isLessThan(8000);
	}

	private static int floods(CapturedOutput output) {
		return output.getAll().split("\"flood ").length - 1;
	}

	@Test
	void printedFloodShouldBeLimitedAsWell(CapturedOutput output) {
		long count = this.chatty.print(1500);
		assertThat(count).isGreaterThan(8000);
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("lines were dropped"));
		assertThat(events(output, "print 1")).singleElement().satisfies((event) -> {
			assertThat(event.at("/log/logger").asString()).isEqualTo("processpool.default.1");
			assertThat(event.at("/processpool/worker").asString()).isEqualTo("1");
		});
	}

	@Test
	void interruptedThreadShouldLogAndStayInterrupted(CapturedOutput output) {
		assertThat(this.chatty.logInterrupted()).isTrue();
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("interrupted and talking"));
		assertThat(this.chatty.logInterrupted()).isTrue();
	}

	private static List<JsonNode> events(CapturedOutput output, String message) {
		return output.getAll()
			.lines()
			.filter((line) -> line.startsWith("{") && line.contains("\"" + message + "\""))
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
	}

}
