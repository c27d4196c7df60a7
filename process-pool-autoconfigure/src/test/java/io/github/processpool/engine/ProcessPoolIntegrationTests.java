package io.github.processpool.engine;

import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real workers, no Spring.
 */
@Timeout(60)
class ProcessPoolIntegrationTests {

	@Test
	void taskShouldRunInAnotherProcess() throws Exception {
		try (ProcessPool pool = Pools.small().build()) {
			long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, TimeUnit.SECONDS);
			assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
			assertThat(ProcessHandle.of(pid)).isPresent();
		}
	}

}
