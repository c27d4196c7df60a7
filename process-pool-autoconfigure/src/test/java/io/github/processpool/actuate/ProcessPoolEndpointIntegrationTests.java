package io.github.processpool.actuate;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.processpool.ProcessPool;
import io.github.processpool.TaskOptions;
import io.github.processpool.WorkerState;
import io.github.processpool.engine.Deeds;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint over HTTP, with real workers behind it.
 */
@Timeout(120)
class ProcessPoolEndpointIntegrationTests {

	private static final String PATH = "/actuator/processpool";

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static EndpointApplication application;

	private static EndpointApplication readOnly;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		application = EndpointApplication.start("management.endpoint.processpool.access=unrestricted",
				"management.endpoint.health.probes.enabled=true",
				"management.endpoint.health.group.readiness.include=readinessState,processPool",
				"management.endpoint.health.group.readiness.show-details=always");
		readOnly = EndpointApplication.start("server.servlet.context-path=/shop",
				"management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.processpool=ops/pools",
				"management.endpoint.processpool.show-values=always", "management.info.processpool.enabled=false",
				"process-pool.serialization.codec=jdk");
	}

	@AfterAll
	static void stop() {
		Stream.of(application, readOnly).forEach(EndpointApplication::close);
	}

	@Test
	void poolsShouldBeTheDefaultOneFirst() throws Exception {
		JsonNode answer = application.json(PATH);
		assertThat(answer.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
		assertThat(answer.path("pools").findValuesAsString("name")).containsExactly("default", "reports");
		assertThat(answer.at("/pools/0/configuration/queueCapacity").asInt()).isEqualTo(1000);
		assertThat(answer.at("/pools/0/configuration/cancelGraceMillis").asInt()).isEqualTo(200);
		assertThat(answer.at("/pools/0/configuration/codec").asString()).isEqualTo("fory");
		assertThat(readOnly.json("/shop/manage/ops/pools/default").at("/configuration/codec").asString())
			.isEqualTo("jdk");
		assertThat(answer.at("/pools/0/activity").isMissingNode()).isTrue();
		JsonNode worker = answer.at("/pools/1/configuration/worker");
		assertThat(worker.path("context").asString()).isEqualTo("none");
		assertThat(worker.path("maxHeap").asLong()).isEqualTo(48 << 20);
	}

	@Test
	void secretsShouldBeHidden() throws Exception {
		String body = application.send("GET", PATH, "").body();
		assertThat(body).doesNotContain("pst").contains("-Dsecret.token=******", "\"PASSWORD\":\"******\"");
		assertThat(body).contains("-XX:TieredStopAtLevel=1");
		assertThat(readOnly.send("GET", "/shop/manage/ops/pools", "").body()).contains("-Dsecret.token=pst");
	}

	@Test
	void unknownPoolShouldNotBeFound() throws Exception {
		assertThat(application.send("GET", PATH + "/nope", "").statusCode()).isEqualTo(404);
		assertThat(application.send("POST", PATH + "/nope", "{\"coreSize\":1,\"maxSize\":1}").statusCode())
			.isEqualTo(404);
		assertThat(application.send("POST", PATH + "/nope/1/thread-dump", "").statusCode()).isEqualTo(404);
		assertThat(application.send("DELETE", PATH + "/nope/1", "").statusCode()).isEqualTo(404);
		assertThat(application.send("DELETE", PATH + "/default/999", "").statusCode()).isEqualTo(404);
	}

	@Test
	void workerShouldBeSeenAtWorkAndLookedInto() throws Exception {
		Path release = this.directory.resolve("release");
		ProcessPool pool = application.pool("default");
		CompletableFuture<String> task = pool.submit(Deeds.waitFor(release),
				TaskOptions.defaults().withDescription("year's end"));
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.BUSY) == 1);
		JsonNode worker = busyWorker();
		assertThat(worker.path("pid").asLong()).isPositive();
		assertThat(worker.path("startupMillis").asLong()).isPositive();
		assertThat(worker.path("warm").asBoolean()).isFalse();
		assertThat(worker.at("/task/description").asString()).isEqualTo("year's end");
		assertThat(worker.at("/task/className").asString()).isEqualTo("Deeds");
		assertThat(worker.at("/task/attempt").asInt()).isOne();
		Awaitility.await()
			.untilAsserted(() -> assertThat(busyWorker().at("/vitals/heapMax").asLong()).isBetween(1L, 48L << 20));
		String path = PATH + "/default/" + worker.path("id").asInt();
		HttpResponse<String> dump = application.send("POST", path + "/thread-dump", "");
		assertThat(dump.statusCode()).isEqualTo(200);
		assertThat(dump.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
		assertThat(dump.body()).contains("io.github.processpool.engine.Deeds");
		assertThat(application.send("POST", path + "/heap-histogram", "").body()).contains("java.lang.String");
		assertThat(application.send("POST", path + "/heap-dump", "").statusCode()).isEqualTo(400);
		JsonNode lane = application.json(PATH + "/default?history=20").at("/activity/lanes").get(0);
		assertThat(lane.path("busyMillis").size()).isEqualTo(20);
		Files.createFile(release);
		task.get(10, TimeUnit.SECONDS);
	}

	private JsonNode busyWorker() throws Exception {
		for (JsonNode worker : application.json(PATH + "/default").path("workers")) {
			if (worker.path("state").asString().equals("BUSY")) {
				return worker;
			}
		}
		throw new AssertionError("no worker is busy");
	}

	@Test
	void workerShouldBeRetired() throws Exception {
		ProcessPool pool = application.pool("reports");
		long pid = pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
		Awaitility.await().until(() -> pool.snapshot().workers(WorkerState.IDLE) == 1);
		int worker = pool.snapshot().workers().get(0).id();
		assertThat(application.send("DELETE", PATH + "/reports/" + worker, "").statusCode()).isEqualTo(204);
		Awaitility.await().untilAsserted(() -> {
			JsonNode exit = application.json(PATH + "/reports").at("/exits/0");
			assertThat(exit.path("reason").asString()).isEqualTo("RETIRED_REQUEST");
			assertThat(exit.path("pid").asLong()).isEqualTo(pid);
			assertThat(exit.path("planned").asBoolean()).isTrue();
		});
	}

	@Test
	void lostWorkerShouldBeSeenWithItsTask() throws Exception {
		ProcessPool pool = application.pool("reports");
		assertThat(pool.submit(Deeds.halt(7))).failsWithin(Duration.ofSeconds(20));
		Awaitility.await().untilAsserted(() -> {
			JsonNode reports = application.json(PATH + "/reports?history=60");
			JsonNode exit = reports.at("/exits/0");
			assertThat(exit.path("reason").asString()).isEqualTo("CRASHED");
			assertThat(exit.path("exitCode").asInt()).isEqualTo(7);
			assertThat(exit.path("task").asString()).isEqualTo("Deeds.lambda");
			assertThat(reports.at("/tasks/failed").asInt()).isPositive();
			assertThat(reports.at("/activity/recent/0/outcome").asString()).isEqualTo("CRASHED");
			assertThat(reports.at("/activity/failed").size()).isEqualTo(60);
		});
	}

	@Test
	void poolShouldBeResized() throws Exception {
		HttpResponse<String> answer = application.send("POST", PATH + "/reports", "{\"coreSize\":0,\"maxSize\":3}");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"coreSize\":0,\"maxSize\":3}");
		assertThat(application.pool("reports").snapshot().maxSize()).isEqualTo(3);
		assertThat(application.send("POST", PATH + "/reports", "{\"coreSize\":2,\"maxSize\":1}").statusCode())
			.isEqualTo(400);
		assertThat(application.send("POST", PATH + "/reports", "{\"coreSize\":2}").statusCode()).isEqualTo(400);
	}

	@Test
	void operationsShouldBeOffUnlessEnabled() throws Exception {
		String path = "/shop/manage/ops/pools/default";
		assertThat(readOnly.send("GET", path, "").statusCode()).isEqualTo(200);
		assertThat(readOnly.send("POST", path, "{\"coreSize\":0,\"maxSize\":3}").statusCode()).isIn(404, 405);
		assertThat(readOnly.send("POST", path + "/1/thread-dump", "").statusCode()).isIn(404, 405);
		assertThat(readOnly.send("DELETE", path + "/1", "").statusCode()).isIn(404, 405);
		assertThat(readOnly.pool("default").snapshot().maxSize()).isEqualTo(2);
	}

	@Test
	void browsersShouldGetThePageAndAllOthersJson() throws Exception {
		for (String accept : List.of("*/*", "application/json", "application/*",
				"application/vnd.spring-boot.actuator.v3+json")) {
			assertThat(application.send("GET", PATH, "", "Accept", accept).headers().firstValue("Content-Type"))
				.as(accept)
				.hasValueSatisfying((type) -> assertThat(type).contains("json"));
		}
		HttpResponse<String> page = application.send("GET", PATH, "", "Accept", BROWSER);
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.body()).contains("src=\"processpool/live.js\"").doesNotContain("{path}", "http://", "https://");
		HttpResponse<String> moved = readOnly.send("GET", "/shop/manage/ops/pools", "", "Accept", BROWSER);
		assertThat(moved.body()).contains("src=\"pools/live.js\"");
		for (String file : List.of("live.js", "live.css", "live.svg")) {
			assertThat(readOnly.send("GET", "/shop/manage/ops/pools/" + file, "").statusCode()).as(file).isEqualTo(200);
		}
	}

	@Test
	void readinessShouldIncludeThePoolsOnRequest() throws Exception {
		JsonNode readiness = application.json("/actuator/health/readiness");
		assertThat(readiness.path("status").asString()).isEqualTo("UP");
		assertThat(readiness.at("/components/processPool/status").asString()).isEqualTo("UP");
		assertThat(readiness.at("/components/processPool/details/reports/maxSize").asInt()).isPositive();
	}

	@Test
	void infoShouldTellOfThePools() throws Exception {
		assertThat(application.json("/actuator/info").at("/processpool/pools/default/maxSize").asInt()).isEqualTo(2);
		assertThat(readOnly.json("/shop/manage/info").path("processpool").isMissingNode()).isTrue();
	}

}
