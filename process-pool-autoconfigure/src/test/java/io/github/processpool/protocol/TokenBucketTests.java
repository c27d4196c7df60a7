package io.github.processpool.protocol;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenBucket}.
 */
class TokenBucketTests {

	@Test
	void burstShouldBeFiveSecondsWorthAndThenEnd() {
		TokenBucket bucket = new TokenBucket(10);
		int taken = 0;
		while (bucket.take()) {
			taken++;
		}
		assertThat(taken).isBetween(50, 52);
		Awaitility.await().atMost(Duration.ofSeconds(2)).until(bucket::take);
		assertThat(bucket.take() && bucket.take()).isFalse();
	}

	@Test
	void zeroShouldBeNoLimit() {
		TokenBucket bucket = new TokenBucket(0);
		for (int i = 0; i < 100_000; i++) {
			assertThat(bucket.take()).isTrue();
		}
	}

}
