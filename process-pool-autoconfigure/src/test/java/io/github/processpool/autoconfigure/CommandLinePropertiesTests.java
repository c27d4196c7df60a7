package io.github.processpool.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link CommandLineProperties}.
 */
class CommandLinePropertiesTests {

	@Test
	void propertiesOfTheApplicationAreTaken() {
		assertThat(CommandLineProperties
			.of(List.of("-Xmx1g", "-Dspring.profiles.active=a=b", "-Dflag", "-Dempty=", "-ea")))
			.containsExactly(entry("spring.profiles.active", "a=b"), entry("flag", ""), entry("empty", ""));
	}

	@Test
	void lastOneWins() {
		assertThat(CommandLineProperties.of(List.of("-Dkey=one", "-Dkey=two"))).containsExactly(entry("key", "two"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "java.io.tmpdir", "sun.net.x", "jdk.x", "loader.main", "com.sun.management.jmxremote.port",
			"user.dir", "file.encoding", "surefire.real.class.path", "basedir", "spring.aot.enabled",
			"spring.devtools.restart.enabled", "io.github.processpool.worker.pool" })
	void propertyOfTheJvmOrOfAToolIsLeft(String name) {
		assertThat(CommandLineProperties.of(List.of("-D" + name + "=x"))).isEmpty();
	}

}
