package io.github.processpool.engine.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArchiveKey}.
 */
class ArchiveKeyTests {

	@TempDir
	Path directory;

	private Path home;

	private Path jar;

	private Path other;

	private String comment = "";

	@BeforeEach
	void write() throws IOException {
		this.home = Files.createDirectories(this.directory.resolve("jdk"));
		Files.writeString(this.home.resolve("release"), "JAVA_VERSION=\"17.0.1\"");
		this.jar = pack("a.jar", "one", null);
		this.other = pack("b.jar", "two", null);
	}

	@Test
	void keyShouldBeTheSameForTheSame() throws IOException {
		assertThat(key("-XX:+UseSerialGC")).isEqualTo(key("-XX:+UseSerialGC"));
		assertThat(key()).isEqualTo(key("-Xmx64m", "-Dx=y", "-XX:ErrorFile=/x", "-Xlog:gc"));
	}

	@Test
	void keyShouldDependOnOptions() throws IOException {
		assertThat(key("-XX:+UseSerialGC")).isNotEqualTo(key("-XX:+UseG1GC"));
		assertThat(key("--add-opens=java.base/java.lang=ALL-UNNAMED")).isNotEqualTo(key());
	}

	@Test
	void keyShouldDependOnProfile() throws IOException {
		assertThat(ArchiveKey.of(java(17), List.of(), recipe(this.jar), "a"))
			.isNotEqualTo(ArchiveKey.of(java(17), List.of(), recipe(this.jar), "b"));
	}

	@Test
	void keyShouldDependOnJava() throws IOException {
		ArchiveKey before = key();
		Files.writeString(this.home.resolve("release"), "JAVA_VERSION=\"17.0.22\"");
		assertThat(key()).isNotEqualTo(before);
	}

	@Test
	void keyWhenReleaseOfJavaHasTheSameTimeAndSizeShouldDependOnContent() throws IOException {
		ArchiveKey before = key();
		Path release = this.home.resolve("release");
		FileTime time = Files.getLastModifiedTime(release);
		Files.writeString(release, "JAVA_VERSION=\"17.0.2\"");
		Files.setLastModifiedTime(release, time);
		assertThat(key()).isNotEqualTo(before);
	}

	@Test
	void keyOfAnExtractedJarShouldDependOnItsTime() throws IOException {
		Path entry = Files.createDirectory(this.directory.resolve("entry"));
		Path extracted = Files.move(this.jar, entry.resolve("a.jar"));
		FlatEntry.seal(entry);
		ArchiveKey before = key(recipe(extracted));
		assertThat(FlatEntry.use(entry)).isTrue();
		try {
			ArchiveKey used = key(recipe(extracted));
			assertThat(used).isNotEqualTo(before).isEqualTo(key(recipe(extracted)));
			Files.setLastModifiedTime(extracted, FileTime.fromMillis(0));
			assertThat(key(recipe(extracted))).isNotEqualTo(used);
		}
		finally {
			FlatEntry.discard(entry);
		}
	}

	@Test
	void keyShouldDependOnOrderOfClassPath() throws IOException {
		assertThat(key(recipe(this.jar, this.other))).isNotEqualTo(key(recipe(this.other, this.jar)));
	}

	@Test
	void keyShouldDependOnTimeOfJar() throws IOException {
		ArchiveKey before = key();
		Files.setLastModifiedTime(this.jar, FileTime.fromMillis(0));
		assertThat(key()).isNotEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a comment at the end of the jar" })
	void keyWhenJarHasTheSameTimeAndSizeShouldDependOnContent(String end) throws IOException {
		this.comment = end;
		pack("a.jar", "one", null);
		ArchiveKey before = key();
		FileTime time = Files.getLastModifiedTime(this.jar);
		long size = Files.size(this.jar);
		pack("a.jar", "eno", null);
		Files.setLastModifiedTime(this.jar, time);
		assertThat(this.jar).hasSize(size);
		assertThat(key()).isNotEqualTo(before);
	}

	@Test
	void keyShouldDependOnJarsThatTheManifestNames() throws IOException {
		pack("a.jar", "one", "b.jar missing.jar");
		ArchiveKey before = key();
		pack("b.jar", "other content", null);
		assertThat(key()).isNotEqualTo(before);
	}

	@Test
	void keyWhenDirectoryShouldBeNone() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		assertThat(key(recipe(this.jar, classes))).isNotNull();
		Files.createFile(classes.resolve("A.class"));
		assertThat(key(recipe(this.jar, classes))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xshare:off", "-XX:SharedArchiveFile=/x", "-XX:AOTCache=x", "-XX:AOTMode=off",
			"-XX:+AutoCreateSharedArchive", "-XX:ArchiveClassesAtExit=x", "-javaagent:x.jar", "-agentlib:jdwp=x",
			"-agentpath:/x", "-Xbootclasspath/a:x" })
	void keyWhenUserLooksAfterArchivesOrHasAgentsShouldBeNone(String option) throws IOException {
		assertThat(key(option)).isNull();
	}

	@Test
	void keyWhenNoHotSpotOrNotFlatShouldBeNone() throws IOException {
		assertThat(
				ArchiveKey.of(new JavaInstallation(this.home, this.home, 17, false), List.of(), recipe(this.jar), ""))
			.isNull();
		LaunchRecipe loader = new LaunchRecipe(List.of(this.jar.toString()), List.of(), "x.Launcher", false, "");
		assertThat(key(loader)).isNull();
	}

	@Test
	void optionsShouldBeThoseThatTheJavaOfTheWorkersKnows() throws IOException {
		Path file = Path.of("/f");
		for (int feature : new int[] { 17, 21, 24 }) {
			ArchiveKey key = Objects.requireNonNull(ArchiveKey.of(java(feature), List.of(), recipe(this.jar), ""));
			assertThat(key.useOptions(file)).containsExactly("-Xshare:auto", "-Xlog:cds*=off",
					"-XX:SharedArchiveFile=/f");
			assertThat(key.trainOptions(file)).contains("-XX:ArchiveClassesAtExit=/f");
			assertThat(key.extension()).isEqualTo(".jsa");
		}
		ArchiveKey key = Objects.requireNonNull(ArchiveKey.of(java(25), List.of(), recipe(this.jar), ""));
		assertThat(key.useOptions(file)).containsExactly("-Xlog:aot*=off", "-XX:AOTCache=/f");
		assertThat(key.trainOptions(file)).contains("-XX:AOTCacheOutput=/f");
		assertThat(key.extension()).isEqualTo(".aot");
	}

	private ArchiveKey key(String... options) throws IOException {
		return ArchiveKey.of(java(17), List.of(options), recipe(this.jar), "");
	}

	private ArchiveKey key(LaunchRecipe recipe) throws IOException {
		return ArchiveKey.of(java(17), List.of(), recipe, "");
	}

	private JavaInstallation java(int feature) {
		return new JavaInstallation(this.home, this.home.resolve("bin/java"), feature, true);
	}

	private static LaunchRecipe recipe(Path... files) {
		return new LaunchRecipe(List.of(files).stream().map(Path::toString).toList(), List.of(), null, false, "");
	}

	private Path pack(String name, String content, String classPath) throws IOException {
		Path file = this.directory.resolve(name);
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.setComment(this.comment);
			if (classPath != null) {
				zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
				zip.write(("Manifest-Version: 1.0\r\nClass-Path: " + classPath + "\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
			}
			ZipEntry entry = new ZipEntry("x");
			entry.setTime(0);
			zip.putNextEntry(entry);
			zip.write(content.getBytes(StandardCharsets.UTF_8));
		}
		return file;
	}

}
