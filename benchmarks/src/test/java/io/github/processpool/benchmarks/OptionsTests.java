package io.github.processpool.benchmarks;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Options}.
 */
class OptionsTests {

	@Test
	void argumentsForSectionShouldSayTheSame() {
		Options options = Options.parse("--quick", "--repetitions", "4", "--only", "W1,W5b", "--contenders",
				"process-pool", "--output", "/tmp/x");
		Options section = Options.parse(options.forSection(Section.REALISTIC).toArray(String[]::new));
		assertThat(section).isEqualTo(new Options(options.quick(), options.growth(), 4, options.only(),
				List.of("process-pool"), options.output(), Section.REALISTIC));
	}

	@Test
	void sectionShouldBeWantedWhenOneOfItsWorkloadsIs() {
		Options options = Options.parse("--only", "W3b");
		assertThat(Section.CALLS.isWanted(options)).isTrue();
		assertThat(Section.CALLS_PINNED.isWanted(options)).isFalse();
		assertThat(Section.GROWTH.isWanted(options)).isFalse();
	}

	@Test
	void growthShouldBeMeasuredAlone() {
		Options options = Options.parse("--growth");
		assertThat(Section.values()).filteredOn((section) -> section.isWanted(options)).containsExactly(Section.GROWTH);
	}

	@Test
	void unknownOptionShouldBeNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--fast"))
			.withMessageContaining("'--fast'")
			.withMessageContaining("--quick");
	}

	@Test
	void unknownWorkloadShouldBeNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--only", "W1,W77"))
			.withMessageContaining("'W77'")
			.withMessageContaining("W5b");
	}

}
