package io.github.processpool.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SubmitSites} of few tasks and of many.
 */
@Timeout(20)
class SubmitSitesTests {

	private final SubmitSites sites = new SubmitSites();

	@Test
	void burstShouldRememberWhereEachTaskWasSubmitted() {
		List<SubmitSite> burst = Stream.generate(this.sites::here).limit(1000).toList();
		assertThat(burst).doesNotContain(SubmitSite.OMITTED).doesNotHaveDuplicates();
	}

	@Test
	void floodShouldRememberSomeAndSayThatOthersWereOmitted() {
		List<SubmitSite> flood = Stream.generate(this.sites::here).limit(100_000).toList();
		assertThat(flood.get(0)).isNotSameAs(SubmitSite.OMITTED);
		assertThat(flood.stream().filter((site) -> site == SubmitSite.OMITTED).count()).isGreaterThan(10_000);
		RuntimeException failure = new RuntimeException();
		SubmitSite.append(failure, flood.get(flood.indexOf(SubmitSite.OMITTED)));
		assertThat(failure).hasStackTraceContaining("submitted to the process pool by")
			.hasStackTraceContaining("omitted, too many tasks at a time");
	}

	@Test
	void calmAfterAFloodShouldRememberAgain() {
		while (this.sites.here() != SubmitSite.OMITTED) {
			// Until there is no more
		}
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.sites.here() != SubmitSite.OMITTED);
	}

}
