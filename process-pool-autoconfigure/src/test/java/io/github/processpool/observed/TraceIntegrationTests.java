package io.github.processpool.observed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.ProcessPool;
import io.github.processpool.observed.SpanReceiver.Received;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a trace goes on in a worker and arrives whole at a collector.
 */
@ExtendWith(OutputCaptureExtension.class)
class TraceIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final SpanReceiver receiver = new SpanReceiver();

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
		this.receiver.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "worker", "parent" })
	void requestDeferredCallAndQueryShouldBeOneTrace(String exportedBy, CapturedOutput output) throws Exception {
		start("--process-pool.propagation.trace-export=" + exportedBy);
		assertThat(get("/books")).startsWith("books: ");
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.receiver.count("http get /books") > 0 && this.receiver.count("select books") > 0
					&& this.receiver.count("run Library.countBooks") > 0);
		Received request = this.receiver.span("http get /books");
		Received task = this.receiver.span("defer Library.countBooks");
		Received execution = this.receiver.span("run Library.countBooks");
		Received query = this.receiver.span("select books");
		assertThat(task.traceId()).isEqualTo(request.traceId());
		assertThat(execution.traceId()).isEqualTo(request.traceId());
		assertThat(query.traceId()).isEqualTo(request.traceId());
		assertThat(request.parentId()).isEmpty();
		assertThat(task.parentId()).isEqualTo(request.id());
		assertThat(execution.parentId()).isEqualTo(task.id());
		assertThat(query.parentId()).isEqualTo(execution.id());
		assertWithin(task, request);
		assertWithin(execution, task);
		assertWithin(query, execution);
		assertThat(task.attribute("outcome")).isEqualTo("success");
		assertThat(task.attribute("processpool.worker")).isEqualTo("1");
		assertThat(task.attribute("process.pid")).isEqualTo(execution.attribute("process.pid"))
			.isNotEqualTo(String.valueOf(ProcessHandle.current().pid()));
		assertThat(execution.service()).isEqualTo(task.service());
		for (String name : new String[] { "http get /books", "defer Library.countBooks", "run Library.countBooks",
				"select books" }) {
			assertThat(this.receiver.count(name)).as(name).isEqualTo(1);
		}
		Awaitility.await().atMost(SOON).until(() -> output.getAll().contains("counting books"));
		assertThat(output.getAll().lines().filter((line) -> line.contains("counting books"))).singleElement()
			.asString()
			.contains(request.traceId(), execution.id());
		MeterRegistry meters = this.context.getBean(MeterRegistry.class);
		assertThat(meters.find("processpool.task").timers()).singleElement()
			.satisfies((timer) -> assertThat(timer.count()).isEqualTo(1));
	}

	@Test
	void traceThatIsNotSampledShouldGoOnUnsampled(CapturedOutput output) throws Exception {
		start();
		String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
		assertThat(get("/books", "traceparent", "00-" + trace + "-00f067aa0ba902b7-00")).startsWith("books: ");
		assertThat(get("/books", "traceparent", "00-af7651916cd43dd8448eb211c80319c1-b7ad6b7169203331-01"))
			.startsWith("books: ");
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.receiver.count("http get /books") > 0 && this.receiver.count("select books") > 0
					&& this.receiver.count("run Library.countBooks") > 0);
		assertThat(this.receiver.spans()).extracting(Received::traceId).isNotEmpty().doesNotContain(trace);
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(output.getAll().lines().filter((line) -> line.contains("counting books")))
				.hasSize(2)
				.anySatisfy((line) -> assertThat(line).contains(trace)));
	}

	private static void assertWithin(Received inner, Received outer) {
		// The clocks of two JVMs have the same source but not the same resolution
		long tolerance = 2_000_000;
		assertThat(inner.start()).isGreaterThanOrEqualTo(outer.start() - tolerance).isLessThan(inner.end());
		assertThat(inner.end()).isLessThanOrEqualTo(outer.end() + tolerance);
	}

	@Test
	void spansOfALambdaShouldHaveTheNameThatExceptionsUse() throws Exception {
		start();
		this.context.getBean(ProcessPool.class).submit(Chatty.greeting()).get(60, TimeUnit.SECONDS);
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(this.receiver.spans()).extracting(Received::name)
				.contains("run Chatty.lambda", "defer Chatty.lambda"));
		assertThat(this.receiver.span("run Chatty.lambda").parentId())
			.isEqualTo(this.receiver.span("defer Chatty.lambda").id());
	}

	@Test
	void workerThatIsRetiredShouldExportWhatItHas() throws Exception {
		startWithLongBatches("--process-pool.max-tasks-per-worker=1");
		assertThat(get("/books")).startsWith("books: ");
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.receiver.count("run Library.countBooks") > 0 && this.receiver.count("select books") > 0);
		assertThat(this.receiver.count("defer Library.countBooks")).as("the application's own batch").isZero();
	}

	@Test
	void workerThatIsStoppedShouldExportWhatItHas() throws Exception {
		startWithLongBatches();
		assertThat(get("/books")).startsWith("books: ");
		assertThat(this.receiver.spans()).isEmpty();
		this.context.close();
		assertThat(this.receiver.count("run Library.countBooks")).isEqualTo(1);
		assertThat(this.receiver.count("select books")).isEqualTo(1);
		assertThat(this.receiver.count("defer Library.countBooks")).isEqualTo(1);
	}

	private void startWithLongBatches(String... arguments) {
		start(Duration.ofHours(1),
				Stream.concat(Stream.of("--process-pool.propagation.trace-export=worker"), Stream.of(arguments))
					.toArray(String[]::new));
	}

	@Test
	void failureShouldBeSeenInBothSpans() throws Exception {
		start();
		get("/broken");
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.receiver.count("run Library.fail") > 0 && this.receiver.count("defer Library.fail") > 0);
		assertThat(this.receiver.span("defer Library.fail").attribute("outcome")).isEqualTo("error");
		assertThat(this.receiver.span("defer Library.fail").span().getStatus().getCodeValue()).isEqualTo(2);
		assertThat(this.receiver.span("run Library.fail").span().getStatus().getCodeValue()).isEqualTo(2);
	}

	@Test
	void tracesShouldEndAtTheWorkerIfTheyAreSwitchedOff() throws Exception {
		start("--process-pool.propagation.trace=false", "--process-pool.propagation.trace-export=worker");
		assertThat(get("/books")).startsWith("books: ");
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.receiver.count("http get /books") > 0 && this.receiver.count("select books") > 0);
		assertThat(this.receiver.count("defer Library.countBooks")).isZero();
		assertThat(this.receiver.span("select books").traceId())
			.isNotEqualTo(this.receiver.span("http get /books").traceId());
	}

	@Test
	void spansThatEndedBeforeAWorkerDiedShouldArrive() throws Exception {
		start("--process-pool.propagation.trace-export=parent");
		assertThat(org.assertj.core.api.Assertions
			.catchThrowable(() -> this.context.getBean(Library.class).observeAndDie())).isNotNull();
		Awaitility.await()
			.atMost(SOON)
			.until(() -> this.receiver.count("last.words") > 0
					&& this.receiver.count("defer Library.observeAndDie") > 0);
		assertThat(this.receiver.span("last.words").traceId())
			.isEqualTo(this.receiver.span("defer Library.observeAndDie").traceId());
		assertThat(this.receiver.span("defer Library.observeAndDie").attribute("outcome")).isEqualTo("crashed");
	}

	private void start(String... arguments) {
		start(Duration.ofMillis(200), arguments);
	}

	private void start(Duration delay, String... arguments) {
		String[] all = new String[arguments.length + 3];
		System.arraycopy(arguments, 0, all, 3, arguments.length);
		all[0] = "--management.opentelemetry.tracing.export.otlp.endpoint=" + this.receiver.endpoint();
		all[1] = "--management.tracing.sampling.probability=1.0";
		all[2] = "--management.opentelemetry.tracing.export.schedule-delay=" + delay.toMillis() + "ms";
		this.context = LogForwardingIntegrationTests.start(this.directory, all);
	}

	private String get(String path, String... headers) throws IOException, InterruptedException {
		URI uri = URI
			.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(request.build(), HttpResponse.BodyHandlers.ofString());
		return response.body();
	}

}
