package io.github.processpool.engine.launch;

import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelProvider}.
 */
class ChannelProviderTests {

	private final ParentJvm parent = ParentJvms.withArguments();

	@Test
	void optionsWhenSameJavaShouldNameProviderOfThisJvm() throws Exception {
		assertThat(ChannelProvider.options(JavaInstallation.of(null, this.parent), this.parent)).containsExactly(
				"-Djava.nio.channels.spi.SelectorProvider=" + SelectorProvider.provider().getClass().getName());
	}

	@Test
	void optionsWhenOtherJavaShouldBeNone() {
		JavaInstallation other = new JavaInstallation(Path.of("/jdk"), Path.of("/jdk/bin/java"), 17, true);
		assertThat(ChannelProvider.options(other, this.parent)).isEmpty();
	}

}
