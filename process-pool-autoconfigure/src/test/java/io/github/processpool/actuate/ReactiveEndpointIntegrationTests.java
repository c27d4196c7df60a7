package io.github.processpool.actuate;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the endpoint and its page are the same on Netty as on a servlet container,
 * and who may do what.
 */
class ReactiveEndpointIntegrationTests {

	private static final String PATH = "/actuator/processpool";

	private static final String RESIZE = "{\"coreSize\":0,\"maxSize\":3}";

	private static EndpointApplication open;

	private static EndpointApplication capped;

	@BeforeAll
	static void start() {
		open = EndpointApplication.start(Users.class, "spring.main.web-application-type=reactive",
				"management.endpoint.processpool.access=unrestricted",
				"management.endpoint.processpool.show-values=when-authorized",
				"management.endpoint.processpool.roles=OPERATOR");
		capped = EndpointApplication.start("spring.main.web-application-type=reactive",
				"management.endpoint.processpool.access=unrestricted",
				"management.endpoints.access.max-permitted=read-only");
	}

	@AfterAll
	static void stop() {
		List.of(open, capped).forEach(EndpointApplication::close);
	}

	@Test
	void serverShouldBeNetty() {
		assertThat(open.context().getBean(ReactiveWebServerFactory.class))
			.isInstanceOf(NettyReactiveWebServerFactory.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/vnd.spring-boot.actuator.v3+json" })
	void programsShouldGetJson(String accept) throws Exception {
		HttpResponse<String> answer = open.send("GET", PATH, "", "Accept", accept);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).contains("json"));
		assertThat(answer.body()).contains("\"name\":\"default\"", "\"codec\":\"fory\"");
	}

	@Test
	void browsersShouldGetThePageAndItsFiles() throws Exception {
		HttpResponse<String> page = capped.send("GET", PATH, "", "Accept",
				"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.body()).contains("src=\"processpool/live.js\"");
		assertThat(capped.send("GET", PATH + "/live.js", "").headers().firstValue("Content-Type"))
			.hasValue("text/javascript;charset=UTF-8");
		assertThat(capped.send("GET", PATH + "/live.css", "").statusCode()).isEqualTo(200);
		JsonNode pool = capped.json(PATH + "/default?history=10");
		assertThat(pool.at("/activity/finished").size()).isEqualTo(10);
		assertThat(capped.send("GET", PATH + "/nope", "").statusCode()).isEqualTo(404);
	}

	@Test
	void unrestrictedAccessShouldAllowToChange() throws Exception {
		HttpResponse<String> answer = open.send("POST", PATH + "/reports", RESIZE);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(open.pool("reports").snapshot().maxSize()).isEqualTo(3);
		assertThat(open.send("DELETE", PATH + "/reports/999", "").statusCode()).isEqualTo(404);
	}

	@Test
	void accessShouldNotExceedWhatIsPermitted() throws Exception {
		assertThat(capped.send("POST", PATH + "/reports", RESIZE).statusCode()).isIn(404, 405);
		assertThat(capped.send("POST", PATH + "/reports/1/thread-dump", "").statusCode()).isIn(404, 405);
		assertThat(capped.send("DELETE", PATH + "/reports/1", "").statusCode()).isIn(404, 405);
		assertThat(capped.pool("reports").snapshot().maxSize()).isEqualTo(1);
	}

	@Test
	void valuesShouldBeShownToUsersOnlyIfSoConfigured() throws Exception {
		assertThat(open.send("GET", PATH, "").body()).contains("-Dsecret.token=******").doesNotContain("pst");
		assertThat(open.send("GET", PATH, "", "X-Role", "OPERATOR").body()).contains("-Dsecret.token=pst");
		assertThat(open.send("GET", PATH, "", "X-Role", "GUEST").body()).doesNotContain("pst");
		assertThat(capped.send("GET", PATH, "", "X-Role", "OPERATOR").body()).doesNotContain("pst");
	}

	/**
	 * Takes a header for a login, as Spring Security's filters would tell of one.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		WebFilter login() {
			return (exchange, chain) -> {
				String role = exchange.getRequest().getHeaders().getFirst("X-Role");
				return (role == null) ? chain.filter(exchange)
						: chain.filter(exchange)
							.contextWrite(ReactiveSecurityContextHolder
								.withAuthentication(new TestingAuthenticationToken("somebody", "", "ROLE_" + role)));
			};
		}

	}

}
