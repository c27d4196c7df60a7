package io.github.processpool.actuate;

import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with two pools of small workers and the endpoint.
 */
final class EndpointApplication implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private EndpointApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static EndpointApplication start(String... properties) {
		return start(Application.class, properties);
	}

	static EndpointApplication start(Class<?> configuration, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
						+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
						+ "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
				"management.endpoints.web.exposure.include=health,info,processpool", "process-pool.max-size=2",
				"process-pool.worker.context=none", "process-pool.worker.max-heap=48MB",
				"process-pool.worker.warm-start=false", "process-pool.worker.heartbeat-timeout=1s",
				"process-pool.worker.jvm-args=-XX:TieredStopAtLevel=1,-Dsecret.token=pst",
				"process-pool.worker.environment.PASSWORD=pst", "process-pool.serialization.allow=io.github.**",
				"process-pool.cancel-grace=200ms", "process-pool.pools.reports.core-size=0",
				"process-pool.pools.reports.max-size=1"));
		// Of two the last would not win, but both be taken for a list
		List<String> own = List.of(properties);
		arguments.removeIf((argument) -> own.stream().anyMatch((property) -> name(property).equals(name(argument))));
		arguments.addAll(own);
		SpringApplication application = new SpringApplication(Application.class, configuration);
		return new EndpointApplication(
				application.run(arguments.stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	private static String name(String property) {
		return property.substring(0, property.indexOf('='));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	ProcessPool pool(String name) {
		return this.context.getBean(ProcessPools.class).get(name);
	}

	String url(String path) {
		int port = ((WebServerApplicationContext) this.context).getWebServer().getPort();
		return "http://localhost:" + port + path;
	}

	HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
			.timeout(Duration.ofSeconds(40))
			.method(method,
					body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	JsonNode json(String path) throws Exception {
		return JsonMapper.shared().readTree(send("GET", path, "").body());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application implements Serializable {

	}

}
