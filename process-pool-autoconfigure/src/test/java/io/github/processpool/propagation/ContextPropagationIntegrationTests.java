package io.github.processpool.propagation;

import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a task sees of the thread that submitted it, in a worker and inline.
 */
class ContextPropagationIntegrationTests {

	@AfterEach
	void clear() {
		MDC.clear();
		LocaleContextHolder.resetLocaleContext();
		SecurityContextHolder.clearContext();
		Tenant.CURRENT.remove();
	}

	@ParameterizedTest
	@ValueSource(strings = { "process", "inline" })
	void taskShouldSeeWhatItsCallerHasAndLeaveNothingToTheNext(String mode) throws Exception {
		try (ConfigurableApplicationContext context = start("--process-pool.mode=" + mode,
				"--process-pool.propagation.security=true")) {
			ProcessPool pool = context.getBean(ProcessPool.class);
			MDC.put("request", "r-17");
			LocaleContextHolder.setLocaleContext(
					new SimpleTimeZoneAwareLocaleContext(Locale.CANADA_FRENCH, TimeZone.getTimeZone("Asia/Tokyo")));
			Tenant.CURRENT.set("acme");
			SecurityContextHolder.getContext()
				.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("ada", "secret",
						AuthorityUtils.createAuthorityList("ROLE_USER")));
			assertThat(get(pool, ContextPropagationIntegrationTests::look))
				.isEqualTo("r-17 fr_CA Asia/Tokyo acme ada [ROLE_USER]");
			clear();
			TimeZone.getDefault();
			assertThat(get(pool, ContextPropagationIntegrationTests::look))
				.isEqualTo("null " + Locale.getDefault() + " " + TimeZone.getDefault().getID() + " null nobody");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "process", "inline" })
	void whatATaskLeavesBehindShouldBeCleared(String mode) throws Exception {
		try (ConfigurableApplicationContext context = start("--process-pool.mode=" + mode)) {
			ProcessPool pool = context.getBean(ProcessPool.class);
			assertThat(get(pool, () -> {
				MDC.put("request", "left");
				LocaleContextHolder.setLocale(Locale.ITALY);
				return "done";
			})).isEqualTo("done");
			assertThat(get(pool, ContextPropagationIntegrationTests::look))
				.startsWith("null " + Locale.getDefault() + " ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "process", "inline" })
	void whatIsOffOrCannotCrossShouldStayBehind(String mode) throws Exception {
		try (ConfigurableApplicationContext context = start("--process-pool.mode=" + mode,
				"--process-pool.propagation.mdc=false", "--process-pool.propagation.locale=false")) {
			ProcessPool pool = context.getBean(ProcessPool.class);
			MDC.put("request", "r-17");
			LocaleContextHolder.setLocale(Locale.CANADA_FRENCH);
			Tenant.CURRENT.set(Thread.currentThread());
			SecurityContextHolder.getContext()
				.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("ada", "secret",
						AuthorityUtils.createAuthorityList("ROLE_USER")));
			assertThat(get(pool, ContextPropagationIntegrationTests::look))
				.isEqualTo("null " + Locale.getDefault() + " " + TimeZone.getDefault().getID() + " null nobody");
		}
	}

	private static String look() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		Map<String, String> mdc = MDC.getCopyOfContextMap();
		return ((mdc != null) ? mdc.get("request") : null) + " " + LocaleContextHolder.getLocale() + " "
				+ LocaleContextHolder.getTimeZone().getID() + " " + Tenant.CURRENT.get() + " "
				+ ((authentication != null) ? authentication.getName() + " " + authentication.getAuthorities()
						: "nobody");
	}

	private static @Nullable String get(ProcessPool pool, ProcessTask<String> task) throws Exception {
		return pool.submit(task).get(60, TimeUnit.SECONDS);
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE)
			.properties("process-pool.max-size=1", "process-pool.worker.context=none",
					"process-pool.worker.max-heap=64MB", "process-pool.shutdown-timeout=5s")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ProcessPoolAutoConfiguration.class)
	static class Config {

	}

}
