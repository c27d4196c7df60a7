package io.github.processpool.protocol;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BriefSpin}.
 */
class BriefSpinTests {

	private final BriefSpin spin = new BriefSpin(2);

	@Test
	void waitsAfterOneInVainShouldBeLeftOutMoreAndMore() {
		for (int expected = 1; expected <= 1024; expected *= 2) {
			waitInVain();
			assertThat(leftOut()).isEqualTo(expected);
		}
		waitInVain();
		assertThat(leftOut()).isEqualTo(1024);
	}

	@Test
	void spinShouldTakeItsTimeAndEnd() {
		long start = System.nanoTime();
		assertThat(this.spin.begin()).isTrue();
		waitInVain();
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000);
	}

	@Test
	void successShouldKeepItGoingAndBeForgivenStepByStep() {
		for (int i = 0; i < 4; i++) {
			waitInVain();
			leftOut();
			assertThat(this.spin.begin()).isTrue();
		}
		this.spin.found();
		assertThat(this.spin.begin()).isTrue();
		this.spin.found();
		assertThat(this.spin.begin()).isTrue();
		waitInVain();
		assertThat(leftOut()).isEqualTo(4);
	}

	@Test
	void oneProcessorShouldNotSpin() {
		BriefSpin alone = new BriefSpin(1);
		for (int i = 0; i < 2000; i++) {
			assertThat(alone.begin()).isFalse();
		}
	}

	private void waitInVain() {
		while (this.spin.again()) {
			Thread.onSpinWait();
		}
	}

	private int leftOut() {
		int count = 0;
		while (!this.spin.begin()) {
			count++;
		}
		return count;
	}

}
