package io.github.processpool.engine.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.loader.net.protocol.Handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FlatCache}.
 */
@DisabledOnOs(OS.WINDOWS)
class FlatCacheTests {

	@TempDir
	Path directory;

	private Path archive;

	@BeforeEach
	void pack() throws IOException {
		Handlers.register();
		this.archive = this.directory.resolve("app!x.jar");
		pack("one");
	}

	@Test
	void flattenShouldExtractWhatIsOnTheClassPathInOrder() throws Exception {
		Path external = Files.createFile(this.directory.resolve("external.jar"));
		List<String> classPath = flatten("BOOT-INF/classes/", "file:" + external, "BOOT-INF/lib/b.jar",
				"BOOT-INF/lib/a.jar");
		Path entry = entries().get(0);
		assertThat(classPath).containsExactly(this.archive.toString(), entry + "/BOOT-INF/classes.jar",
				external.toString(), entry + "/BOOT-INF/lib/b.jar", entry + "/BOOT-INF/lib/a.jar");
		assertThat(Path.of(classPath.get(3))).hasBinaryContent(library("b"));
		assertThat(entry.resolve("BOOT-INF/lib/unused.jar")).doesNotExist();
		try (JarFile jar = new JarFile(classPath.get(1))) {
			assertThat(jar.stream().map(ZipEntry::getName)).containsExactlyInAnyOrder("com/", "com/A.class",
					"application.properties", "META-INF/MANIFEST.MF");
			assertThat(jar.getInputStream(jar.getEntry("com/A.class"))).hasContent("one");
			Manifest manifest = jar.getManifest();
			assertThat(manifest.getMainAttributes().getValue("Implementation-Version")).isEqualTo("1.2");
			assertThat(manifest.getMainAttributes().getValue("Class-Path")).isNull();
		}
	}

	@Test
	void flattenShouldLetNobodyElseWrite() throws Exception {
		flatten("BOOT-INF/classes/");
		Path root = this.directory.resolve("cache/process-pool");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root))).isEqualTo("rwx------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entries().get(0))))
			.isEqualTo("rwx------");
	}

	@Test
	void flattenWhenDirectoryIsOpenToOthersShouldFail() throws Exception {
		Files.createDirectories(this.directory.resolve("cache/process-pool"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwx---")));
		assertThatIOException().isThrownBy(() -> flatten("BOOT-INF/classes/"))
			.withMessageContaining("its permissions let others write to it")
			.satisfies((
					ex) -> assertThat(new FlatCache(null, "'process-pool.pools.x.worker.cache-directory'").describe(ex))
						.endsWith("or choose another with 'process-pool.pools.x.worker.cache-directory'"));
	}

	@Test
	void flattenWhenDirectoryIsALinkShouldFail() throws Exception {
		Path target = Files.createDirectories(this.directory.resolve("elsewhere"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Files.createDirectories(this.directory.resolve("cache"));
		Files.createSymbolicLink(this.directory.resolve("cache/process-pool"), target);
		assertThatIOException().isThrownBy(() -> flatten("BOOT-INF/classes/"));
		assertThat(target).isEmptyDirectory();
	}

	@Test
	void flattenWhenExtractedShouldUseItAgain() throws Exception {
		List<String> classPath = flatten("BOOT-INF/classes/", "BOOT-INF/lib/a.jar");
		Object key = Files.readAttributes(Path.of(classPath.get(2)), "unix:ino").get("ino");
		assertThat(flatten("BOOT-INF/classes/", "BOOT-INF/lib/a.jar")).isEqualTo(classPath);
		assertThat(Files.readAttributes(Path.of(classPath.get(2)), "unix:ino").get("ino")).isEqualTo(key);
	}

	@Test
	void flattenWhenArchiveIsAnotherShouldExtractAgain() throws Exception {
		FileTime time = Files.getLastModifiedTime(this.archive);
		List<String> before = flatten("BOOT-INF/classes/");
		pack("two");
		Files.setLastModifiedTime(this.archive, time);
		List<String> after = flatten("BOOT-INF/classes/");
		assertThat(after).isNotEqualTo(before);
		try (JarFile jar = new JarFile(after.get(1))) {
			assertThat(jar.getInputStream(jar.getEntry("com/A.class"))).hasContent("two");
		}
		assertThat(entries()).hasSize(2);
	}

	@Test
	void flattenWhenFileWasLostOrCutShouldExtractAgain() throws Exception {
		List<String> classPath = flatten("BOOT-INF/classes/", "BOOT-INF/lib/a.jar");
		Files.delete(Path.of(classPath.get(1)));
		assertThat(flatten("BOOT-INF/classes/", "BOOT-INF/lib/a.jar")).isEqualTo(classPath);
		assertThat(Path.of(classPath.get(1))).isNotEmptyFile();
		Files.write(Path.of(classPath.get(2)), new byte[1]);
		flatten("BOOT-INF/classes/", "BOOT-INF/lib/a.jar");
		assertThat(Path.of(classPath.get(2))).hasBinaryContent(library("a"));
		assertThat(all()).hasSize(1);
	}

	@Test
	void flattenWhenNotPossibleShouldLeaveNothing() throws Exception {
		assertThatIOException().isThrownBy(() -> flatten("BOOT-INF/classes/", "BOOT-INF/lib/missing.jar"));
		assertThatIOException().isThrownBy(() -> flatten("BOOT-INF/lib/../../../../x.jar"));
		assertThatIOException().isThrownBy(() -> flatten("jar:nested:/dev/null/!BOOT-INF/lib/a.jar!/"))
			.withMessageContaining("is not in '" + this.archive + "'");
		assertThat(all()).isEmpty();
	}

	@Test
	void flattenByManyAtOnceShouldExtractOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<List<String>>> all = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				all.add(threads.submit(() -> flatten("BOOT-INF/classes/", "BOOT-INF/lib/a.jar")));
			}
			for (Future<List<String>> each : all) {
				assertThat(each.get()).isEqualTo(all.get(0).get()).allMatch((file) -> Files.exists(Path.of(file)));
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(all()).hasSize(1);
	}

	@Test
	void flattenShouldSweepWhatNobodyUses() throws Exception {
		flatten("BOOT-INF/classes/");
		Path used = entries().get(0);
		Path folder = used.getParent();
		age(used, Duration.ofDays(40));
		Path old = age(entry(folder.resolve("old")), Duration.ofDays(31));
		Path recent = age(entry(folder.resolve("recent")), Duration.ofDays(29));
		Path unfinished = age(Files.createDirectory(folder.resolve(".unfinished")), Duration.ofHours(2));
		Path inTheMaking = Files.createDirectory(folder.resolve(".making"));
		for (int i = 0; i < 8; i++) {
			age(entry(folder.resolve("many" + i)), Duration.ofDays(i + 1));
		}
		pack("two");
		flatten("BOOT-INF/classes/");
		assertThat(used).exists();
		assertThat(old).doesNotExist();
		assertThat(recent).doesNotExist();
		assertThat(unfinished).doesNotExist();
		assertThat(inTheMaking).exists();
		assertThat(folder.resolve("many6")).exists();
		assertThat(folder.resolve("many7")).doesNotExist();
	}

	private static Path entry(Path path) throws IOException {
		Files.createDirectory(path);
		FlatEntry.seal(path);
		return path;
	}

	private static Path age(Path path, Duration age) throws IOException {
		Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
		return path;
	}

	private List<String> flatten(String... names) throws Exception {
		List<URL> urls = new ArrayList<>();
		for (String name : names) {
			urls.add(new URI(name.contains(":") ? name
					: "jar:nested:" + this.archive.toString().replace("!", "%21") + "/!" + name + "!/")
				.toURL());
		}
		return new FlatCache(this.directory.resolve("cache"), "'the directory'").flatten(urls.toArray(URL[]::new),
				this.archive, getClass().getClassLoader());
	}

	private List<Path> all() throws IOException {
		try (Stream<Path> files = Files.list(this.directory.resolve("cache/process-pool/flat"))) {
			return files.toList();
		}
	}

	private List<Path> entries() throws IOException {
		return all().stream().filter((path) -> !path.getFileName().toString().startsWith(".")).toList();
	}

	private void pack(String content) throws IOException {
		try (OutputStream out = Files.newOutputStream(this.archive); ZipOutputStream zip = new ZipOutputStream(out)) {
			add(zip, "META-INF/MANIFEST.MF",
					"Manifest-Version: 1.0\r\nImplementation-Version: 1.2\r\nClass-Path: x.jar\r\n\r\n"
						.getBytes(StandardCharsets.UTF_8));
			for (String folder : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/classes/com/", "BOOT-INF/lib/")) {
				zip.putNextEntry(new ZipEntry(folder));
			}
			add(zip, "BOOT-INF/classes/com/A.class", content.getBytes(StandardCharsets.UTF_8));
			add(zip, "BOOT-INF/classes/application.properties", new byte[0]);
			for (String library : List.of("a", "b", "unused")) {
				add(zip, "BOOT-INF/lib/" + library + ".jar", library(library));
			}
		}
	}

	private static byte[] library(String name) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			ZipEntry entry = new ZipEntry(name);
			entry.setTime(0);
			zip.putNextEntry(entry);
		}
		return bytes.toByteArray();
	}

	private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
		ZipEntry entry = new ZipEntry(name);
		if (name.endsWith(".jar")) {
			CRC32 crc = new CRC32();
			crc.update(content);
			entry.setMethod(ZipEntry.STORED);
			entry.setSize(content.length);
			entry.setCrc(crc.getValue());
		}
		zip.putNextEntry(entry);
		zip.write(content);
		zip.closeEntry();
	}

}
