package io.github.processpool.engine.launch;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildEnvironment}.
 */
class ChildEnvironmentTests {

	private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "HOME", "/home/a", "LC_ALL",
			"C.UTF-8", "SPRING_DATASOURCE_URL", "jdbc:x", "JAVA_TOOL_OPTIONS", "-javaagent:a", "JDK_JAVA_OPTIONS",
			"-Da", "_JAVA_OPTIONS", "-Db", "CLASSPATH", "/c", "LOADER_MAIN", "x.Y", "LOADER_PATH", "/plugins"));

	@Test
	void adaptShouldDropWhatChangesEveryJvm() {
		ChildEnvironment.adapt(this.environment, true, Map.of());
		assertThat(this.environment).containsOnlyKeys("PATH", "HOME", "LC_ALL", "SPRING_DATASOURCE_URL");
	}

	@Test
	void adaptWhenNotInheritedShouldKeepWhatAJvmNeeds() {
		ChildEnvironment.adapt(this.environment, false, Map.of());
		assertThat(this.environment).containsOnlyKeys("PATH", "HOME", "LC_ALL");
	}

	@Test
	void adaptShouldLetAdditionalVariablesWin() {
		ChildEnvironment.adapt(this.environment, false, Map.of("PATH", "/opt", "JAVA_TOOL_OPTIONS", "-Xlog:gc"));
		assertThat(this.environment).containsEntry("PATH", "/opt")
			.containsEntry("JAVA_TOOL_OPTIONS", "-Xlog:gc")
			.containsEntry("HOME", "/home/a");
	}

}
