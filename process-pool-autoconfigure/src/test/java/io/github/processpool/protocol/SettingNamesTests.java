package io.github.processpool.protocol;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingNames}.
 */
class SettingNamesTests {

	@Test
	void propertiesShouldBeThoseOfThePool() {
		assertThat(SettingNames.ofPool("default").of("worker.max-heap")).isEqualTo("'process-pool.worker.max-heap'");
		assertThat(SettingNames.ofPool("reports").of("max-size")).isEqualTo("'process-pool.pools.reports.max-size'");
		assertThat(SettingNames.ofPool("reports").areProperties()).isTrue();
	}

	@Test
	void settingsOfABuilderShouldBeItsMethods() {
		assertThat(SettingNames.ofBuilder().of("max-tasks-per-worker"))
			.isEqualTo("'ProcessPool.Builder.maxTasksPerWorker'");
		assertThat(SettingNames.ofBuilder().of("worker.max-heap")).isEqualTo("'ProcessPool.Builder.maxHeap'");
		assertThat(SettingNames.ofBuilder().of("serialization.allow")).isEqualTo("'ProcessPool.Builder.allow'");
		assertThat(SettingNames.ofBuilder().areProperties()).isFalse();
	}

	@Test
	void namesOfAJvmThatIsNoWorkerShouldBeThoseOfTheDefaultPool() {
		assertThat(SettingNames.ofThisWorker().prefix()).isEqualTo(SettingNames.ofPool("default").prefix());
	}

}
