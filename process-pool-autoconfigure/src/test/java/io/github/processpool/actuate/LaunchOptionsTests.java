package io.github.processpool.actuate;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is hidden of options and variables.
 */
class LaunchOptionsTests {

	private final LaunchOptions options = new LaunchOptions(List.of());

	@Test
	void valuesShouldBeHidden() {
		assertThat(this.options.jvmArgs(List.of("-Xmx1g", "-XX:+UseG1GC", "-Dspring.datasource.password=x=y", "-Dflag",
				"-javaagent:/opt/agent.jar=key=secret", "-XX:MaxRAMPercentage=50"), false))
			.containsExactly("-Xmx1g", "-XX:+UseG1GC", "-Dspring.datasource.password=******", "-Dflag",
					"-javaagent:/opt/agent.jar=******", "-XX:MaxRAMPercentage=50");
		assertThat(this.options.environment(Map.of("B", "secret", "A", "secret"), false))
			.isEqualTo(Map.of("A", "******", "B", "******"));
		assertThat(this.options.command(List.of("env", "TOKEN=secret", "nice", "-n", "10"), false))
			.containsExactly("env", "TOKEN=******", "nice", "-n", "10");
	}

	@Test
	void valuesShouldBeShownIfThatIsWanted() {
		assertThat(this.options.jvmArgs(List.of("-Da=b=c"), true)).containsExactly("-Da=b=c");
		assertThat(this.options.environment(Map.of("A", "b"), true)).containsEntry("A", "b");
	}

	@Test
	void functionsOfTheApplicationShouldHideWhatIsShown() {
		LaunchOptions own = new LaunchOptions(
				List.of((data) -> data.getKey().contains("token") ? data.withSanitizedValue() : data));
		assertThat(own.jvmArgs(List.of("-Dmy.token=b", "-Dmy.name=c"), true)).containsExactly("-Dmy.token=******",
				"-Dmy.name=c");
	}

}
