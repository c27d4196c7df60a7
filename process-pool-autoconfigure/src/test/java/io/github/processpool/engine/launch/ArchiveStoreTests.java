package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ArchiveStore}.
 */
class ArchiveStoreTests {

	private static final ArchiveKey KEY = new ArchiveKey("k", ArchiveKey.Format.CDS);

	@TempDir
	Path directory;

	private ArchiveStore store;

	private Path folder;

	@BeforeEach
	void open() throws IOException {
		this.store = ArchiveStore.open(this.directory);
		this.folder = this.directory.resolve("process-pool/archives");
	}

	@Test
	void findShouldSeeWhatWasPublishedOnly() throws IOException {
		assertThat(this.store.find(KEY)).isNull();
		try (ClassArchive archive = missing()) {
			File written = written(archive);
			Files.writeString(written.toPath(), "content");
			written.setReadOnly();
			assertThat(this.store.find(KEY)).isNull();
			assertThat(archive.publish()).isEqualTo(7);
		}
		assertThat(this.store.missing(KEY)).isNull();
		assertThat(this.folder.resolve("k-7.jsa")).hasContent("content");
		ClassArchive found = Objects.requireNonNull(this.store.find(KEY));
		assertThat(found.options()).contains("-XX:SharedArchiveFile=" + this.folder.resolve("k-7.jsa"));
		found.discard();
		assertThat(this.store.find(KEY)).isNull();
		assertThat(names()).isEmpty();
	}

	@Test
	void findWhenArchiveWasCutShouldDeleteIt() throws IOException {
		Files.writeString(this.folder.resolve("k-7.jsa"), "cont");
		assertThat(this.store.find(KEY)).isNull();
		assertThat(names()).isEmpty();
		assertThat(this.store.missing(KEY)).isNotNull();
	}

	@Test
	void findShouldMarkAsUsed() throws IOException {
		Path file = age(Files.createFile(this.folder.resolve("k-0.jsa")), Duration.ofDays(29));
		this.store.find(KEY);
		assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(Instant.now().minusSeconds(60));
	}

	@Test
	void publishWhenNothingWasWrittenShouldFail() {
		try (ClassArchive archive = missing()) {
			assertThatIOException().isThrownBy(archive::publish);
		}
		assertThat(this.store.find(KEY)).isNull();
	}

	@Test
	void closeShouldDeleteWhatWasNotPublished() throws IOException {
		try (ClassArchive archive = missing()) {
			Files.createFile(written(archive).toPath());
			Files.createFile(Path.of(written(archive) + ".config"));
		}
		assertThat(names()).isEmpty();
	}

	@Test
	void missingWhenGivenUpShouldBeNothing() {
		try (ClassArchive archive = missing()) {
			archive.giveUp();
		}
		assertThat(this.store.missing(KEY)).isNull();
		assertThat(this.store.find(KEY)).isNull();
	}

	@Test
	void missingShouldSweep() throws IOException {
		Path old = age(Files.createFile(this.folder.resolve("old.jsa")), Duration.ofDays(31));
		for (int i = 0; i < 9; i++) {
			age(Files.createFile(this.folder.resolve("many" + i + ".aot")), Duration.ofDays(i + 1));
		}
		Path abandoned = Files.createFile(this.folder.resolve(".x." + Integer.MAX_VALUE + ".aot.config"));
		Path forgotten = age(Files.createFile(this.folder.resolve(".y." + ProcessHandle.current().pid() + ".aot")),
				Duration.ofHours(2));
		Path inTheMaking = Files.createFile(this.folder.resolve(".z." + ProcessHandle.current().pid() + ".aot"));
		this.store.missing(KEY);
		assertThat(old).doesNotExist();
		assertThat(abandoned).doesNotExist();
		assertThat(forgotten).doesNotExist();
		assertThat(inTheMaking).exists();
		assertThat(this.folder.resolve("many7.aot")).exists();
		assertThat(this.folder.resolve("many8.aot")).doesNotExist();
	}

	private static File written(ClassArchive archive) {
		String option = archive.options().get(archive.options().size() - 1);
		return new File(option.substring(option.indexOf('=') + 1));
	}

	private ClassArchive missing() {
		return Objects.requireNonNull(this.store.missing(KEY));
	}

	private static Path age(Path path, Duration age) throws IOException {
		return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
	}

	private Stream<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> String.valueOf(file.getFileName())).toList().stream();
		}
	}

}
