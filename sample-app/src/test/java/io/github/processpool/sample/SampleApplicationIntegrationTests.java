package io.github.processpool.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Uses the sample as its users do: over HTTP, with real workers.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "process-pool.worker.max-heap=128MB", "process-pool.task-timeout=10s" })
@DirtiesContext // before the directory goes
@Timeout(120)
class SampleApplicationIntegrationTests {

	private static final long SERVER_PID = ProcessHandle.current().pid();

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int port;

	private RestClient client;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("documents.directory", () -> directory.toString());
	}

	@BeforeEach
	void connect() {
		JdkClientHttpRequestFactory requestFactory = new JdkClientHttpRequestFactory();
		requestFactory.setReadTimeout(Duration.ofSeconds(60));
		this.client = RestClient.builder()
			.baseUrl("http://localhost:" + this.port)
			.requestFactory(requestFactory)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	@ParameterizedTest
	@CsvSource({ "invoice.pdf, 2, Total 432.75", "letter.pdf, 1, Dear reader", "report.pdf, 3, Second quarter" })
	void documentIsReadInAnotherProcess(String name, int pages, String text) throws Exception {
		ResponseEntity<JsonNode> response = upload(name);
		JsonNode document = body(response);
		assertThat(response.getStatusCode()).as("%s", document).isEqualTo(HttpStatus.CREATED);
		assertThat(document.path("name").asString()).isEqualTo(name);
		assertThat(document.path("state").asString()).isEqualTo("DONE");
		assertThat(document.path("text").asString()).contains(text);
		assertThat(document.path("pages").asInt()).isEqualTo(pages);
		assertThat(document.path("serverPid").asLong()).isEqualTo(SERVER_PID);
		assertThat(document.path("pid").asLong()).isPositive().isNotEqualTo(SERVER_PID);
		assertThat(get(String.valueOf(response.getHeaders().getLocation()))).isEqualTo(document);
		assertThat(get("/documents").valueStream().map((listed) -> listed.path("id").asString()))
			.contains(document.path("id").asString());
		assertThat(document.path("thumbnails").asInt()).isEqualTo(pages);
		for (int page = 1; page <= pages; page++) {
			BufferedImage thumbnail = thumbnail(document, page);
			assertThat(thumbnail.getHeight()).isEqualTo(480);
			assertThat(thumbnail.getWidth()).isBetween(330, 350);
		}
	}

	@Test
	void pageWithoutThumbnailIsNotFound() {
		JsonNode document = body(upload("letter.pdf"));
		ResponseEntity<String> response = this.client.get()
			.uri("/documents/{id}/thumbnails/2", document.path("id").asString())
			.retrieve()
			.toEntity(String.class);
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void documentThatExhaustsTheHeapFailsAlone() {
		ResponseEntity<JsonNode> response = upload("hostile.pdf");
		JsonNode document = body(response);
		assertThat(response.getStatusCode()).as("%s", document).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		assertThat(document.path("state").asString()).isEqualTo("FAILED");
		assertThat(document.path("reason").asString()).contains("WorkerCrashedException").contains("ran out of memory");
		assertDead(document.path("pid").asLong());
		assertServes();
	}

	@Test
	void documentThatNeverEndsIsStopped() {
		ResponseEntity<JsonNode> response = upload("endless.pdf");
		JsonNode document = body(response);
		assertThat(response.getStatusCode()).as("%s", document).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		assertThat(document.path("state").asString()).isEqualTo("FAILED");
		assertThat(document.path("reason").asString()).contains("TaskTimeoutException");
		assertDead(document.path("pid").asLong());
		assertServes();
	}

	@Test
	void fileThatIsNoPdfFailsWithTheReadersException() {
		ResponseEntity<JsonNode> response = upload(new ByteArrayResource("no PDF".getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return "../../notes.txt";
			}

		});
		JsonNode document = body(response);
		assertThat(response.getStatusCode()).as("%s", document).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
		assertThat(document.path("name").asString()).isEqualTo("notes.txt");
		assertThat(document.path("reason").asString()).startsWith("java.io.IOException: ");
		assertThat(ProcessHandle.of(document.path("pid").asLong())).as("worker that read it").isPresent();
		assertServes();
	}

	@ParameterizedTest
	@CsvSource({ "segfault, 502, WorkerCrashedException,", "heap, 502, WorkerCrashedException, 3",
			"exit, 502, WorkerCrashedException, 42", "spin, 504, TaskTimeoutException," })
	void chaosEndsItsWorkerAndNothingElse(String kind, int status, String exception, Integer exitCode) {
		ResponseEntity<JsonNode> response = chaos(kind);
		JsonNode report = body(response);
		assertThat(response.getStatusCode().value()).as("%s", report).isEqualTo(status);
		assertThat(report.path("exception").asString()).isEqualTo("io.github.processpool." + exception);
		assertThat(report.path("message").asString()).contains("ChaosService", kind);
		assertThat(report.path("serverPid").asLong()).isEqualTo(SERVER_PID);
		assertThat(report.path("pid").asLong()).isPositive().isNotEqualTo(SERVER_PID);
		if (exitCode != null) {
			assertThat(report.path("exitCode").asInt()).isEqualTo(exitCode);
		}
		assertDead(report.path("pid").asLong());
		assertServes();
	}

	@Test
	void exceptionComesBackAsItWasThrown() {
		ResponseEntity<JsonNode> response = chaos("exception");
		JsonNode report = body(response);
		assertThat(response.getStatusCode()).as("%s", report).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(report.path("exception").asString()).isEqualTo("java.lang.IllegalStateException");
		assertThat(report.path("message").asString()).startsWith("Thrown in process ").doesNotContain("" + SERVER_PID);
	}

	@Test
	void unknownChaosIsNotFound() {
		assertThat(chaos("peace").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void serverKnowsItsWorkers() {
		long pid = body(upload("letter.pdf")).path("pid").asLong();
		JsonNode server = get("/server");
		assertThat(server.path("pid").asLong()).isEqualTo(SERVER_PID);
		List<String> pools = server.path("pools").valueStream().map((pool) -> pool.path("name").asString()).toList();
		assertThat(pools).containsExactly("default", "chaos");
		assertThat(
				server.path("pools").path(0).path("workers").valueStream().map((worker) -> worker.path("pid").asLong()))
			.contains(pid);
	}

	@ParameterizedTest
	@ValueSource(strings = { "processpool.task", "processpool.workers" })
	void metersAreInTheMetricsEndpoint(String meter) {
		assertServes();
		JsonNode metric = get("/actuator/metrics/" + meter);
		assertThat(metric.path("name").asString()).isEqualTo(meter);
		assertThat(metric.path("measurements").path(0).path("value").asDouble()).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "/, text/html", "/app.js, text/javascript", "/style.css, text/css", "/favicon.svg, image/svg+xml",
			"/samples/invoice.pdf, application/pdf" })
	void pageAndItsPartsAreServed(String path, String type) {
		ResponseEntity<byte[]> response = this.client.get().uri(path).retrieve().toEntity(byte[].class);
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(String.valueOf(response.getHeaders().getContentType())).startsWith(type);
	}

	private void assertServes() {
		ResponseEntity<JsonNode> response = upload("letter.pdf");
		assertThat(response.getStatusCode()).as("%s", response.getBody()).isEqualTo(HttpStatus.CREATED);
	}

	private static void assertDead(long pid) {
		await().atMost(Duration.ofSeconds(10)).until(() -> ProcessHandle.of(pid).isEmpty());
	}

	private ResponseEntity<JsonNode> upload(String sample) {
		return upload(new ClassPathResource("static/samples/" + sample));
	}

	private ResponseEntity<JsonNode> upload(Resource file) {
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("file", file);
		return this.client.post().uri("/documents").body(form).retrieve().toEntity(JsonNode.class);
	}

	private ResponseEntity<JsonNode> chaos(String kind) {
		return this.client.post().uri("/chaos/{kind}", kind).retrieve().toEntity(JsonNode.class);
	}

	private JsonNode get(String uri) {
		return body(this.client.get().uri(uri).retrieve().toEntity(JsonNode.class));
	}

	private BufferedImage thumbnail(JsonNode document, int page) throws Exception {
		byte[] content = this.client.get()
			.uri("/documents/{id}/thumbnails/{page}", document.path("id").asString(), page)
			.retrieve()
			.body(byte[].class);
		assertThat(content).startsWith(0x89, 'P', 'N', 'G');
		return ImageIO.read(new ByteArrayInputStream(content));
	}

	private static JsonNode body(ResponseEntity<JsonNode> response) {
		assertThat(response.getBody()).isNotNull();
		return response.getBody();
	}

}
