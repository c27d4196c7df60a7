package io.github.processpool.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.engine.RuntimeSetup.Launch;
import io.github.processpool.engine.RuntimeSetup.Objection;
import io.github.processpool.engine.launch.LaunchMemories;
import io.github.processpool.engine.launch.LaunchMemory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SetupChoice}.
 */
class SetupChoiceTests {

	private final List<String> events = new ArrayList<>();

	@TempDir
	Path directory;

	@Test
	void reasonIsRememberedOnceTheOtherSetupHasWorked() {
		Path file = this.directory.resolve("memory");
		LaunchMemory memory = LaunchMemories.in(file);
		SetupChoice first = new SetupChoice("a-1", Slim::new);
		assertThat(first.fallBackAsBefore(memory)).isFalse();
		assertThat(first.fallBack(new Objection("a bean is missing", true), memory)).isTrue();
		assertThat(file).doesNotExist();
		first.ready();
		assertThat(Files.exists(file)).isTrue();
		SetupChoice second = new SetupChoice("a-1", Slim::new);
		assertThat(second.fallBackAsBefore(memory)).isTrue();
		assertThat(second.current().settings()).containsExactly(2);
		second.ready();
		assertThat(this.events).containsExactly("a bean is missing", "a bean is missing (known from an earlier start)");
	}

	@Test
	void reasonThatDoesNotLastIsNotRemembered() {
		Path file = this.directory.resolve("memory");
		SetupChoice choice = new SetupChoice("a-1", Slim::new);
		assertThat(choice.fallBack(new Objection("no database", false), LaunchMemories.in(file))).isTrue();
		choice.ready();
		assertThat(file).doesNotExist();
		assertThat(choice.current().settings()).containsExactly(2);
	}

	@Test
	void onlySetupIsNotGivenUp() {
		SetupChoice choice = new SetupChoice("a-1", RuntimeSetup.of(() -> new byte[] { 3 }));
		assertThat(choice.fallBack(new Objection("whatever", true), null)).isFalse();
		assertThat(choice.current().settings()).containsExactly(3);
		assertThat(choice.current().profile()).isEmpty();
	}

	/**
	 * A setup beside which there is another.
	 */
	private final class Slim implements Launch {

		@Override
		public byte[] settings() {
			return new byte[] { 1 };
		}

		@Override
		public @Nullable Launch instead(String reason) {
			SetupChoiceTests.this.events.add(reason);
			return () -> new byte[] { 2 };
		}

	}

}
