package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import io.github.processpool.ProcessPool;
import io.github.processpool.launched.LaunchedApplication;

import org.springframework.boot.loader.tools.Layout;
import org.springframework.boot.loader.tools.Layouts;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/**
 * The test application as files: its classes and the jars that it needs of those on the
 * class path of the tests. Packaged as Spring Boot's build plugins package it.
 */
final class PackagedApplication {

	static final String MAIN = LaunchedApplication.class.getName();

	/** What an application with the JDBC starter and this library has. */
	private static final Set<String> LIBRARIES = Set.of("HikariCP", "aspectjweaver", "commons-logging", "h2",
			"jakarta.annotation-api", "jspecify", "jul-to-slf4j", "log4j-api", "log4j-to-slf4j", "logback-classic",
			"logback-core", "micrometer-commons", "micrometer-observation", "slf4j-api", "snakeyaml", "spring-aop",
			"spring-beans", "spring-boot", "spring-boot-autoconfigure", "spring-boot-jdbc", "spring-boot-persistence",
			"spring-boot-sql", "spring-boot-transaction", "spring-context", "spring-core", "spring-expression",
			"spring-jdbc", "spring-tx");

	/** What a war in a server has more. */
	private static final Set<String> WEB_LIBRARIES = Set.of("spring-boot-http-converter", "spring-boot-servlet",
			"spring-boot-web-server", "spring-boot-webmvc", "spring-web", "spring-webmvc");

	/** In a war it goes where a server would not look. */
	private static final String PROVIDED = "h2";

	private final Path directory;

	private final Path classes;

	private final List<Path> libraries;

	private final List<Path> webLibraries;

	/**
	 * Collects the files.
	 * @param directory where to write
	 * @throws IOException if that fails
	 */
	PackagedApplication(Path directory) throws IOException {
		this.directory = directory;
		this.classes = directory.resolve("classes");
		copy(location(LaunchedApplication.class), this.classes,
				LaunchedApplication.class.getPackageName().replace('.', '/'));
		Path library = directory.resolve("process-pool-autoconfigure.jar");
		archive(location(ProcessPool.class), library, "");
		this.libraries = Stream.concat(Stream.of(library), find(LIBRARIES)).toList();
		this.webLibraries = find(WEB_LIBRARIES).toList();
	}

	/**
	 * Entries of a flat class path.
	 * @return the classes, then the libraries
	 */
	List<Path> classPath() {
		return Stream.concat(Stream.of(this.classes), this.libraries.stream()).toList();
	}

	Path classes() {
		return this.classes;
	}

	List<Path> libraries() {
		return this.libraries;
	}

	/**
	 * Packages an executable jar.
	 * @return a new file
	 * @throws IOException if that fails
	 */
	Path jar() throws IOException {
		return repackage("app.jar", "", new Layouts.Jar());
	}

	/**
	 * Packages an executable war.
	 * @return a new file
	 * @throws IOException if that fails
	 */
	Path war() throws IOException {
		return repackage("app.war", "WEB-INF/classes/", new Layouts.War());
	}

	/**
	 * Packages a war for a server.
	 * @return a new file
	 * @throws IOException if that fails
	 */
	Path serverWar() throws IOException {
		Path war = this.directory.resolve("server.war");
		archive(this.classes, war, "WEB-INF/classes/");
		try (FileSystem files = FileSystems.newFileSystem(war)) {
			Path folder = Files.createDirectories(files.getPath("/WEB-INF/lib"));
			for (Path library : Stream.concat(this.libraries.stream(), this.webLibraries.stream()).toList()) {
				Files.copy(library, folder.resolve(String.valueOf(library.getFileName())));
			}
		}
		return war;
	}

	private Path repackage(String name, String prefix, Layout layout) throws IOException {
		Path plain = this.directory.resolve("plain-" + name);
		archive(this.classes, plain, prefix);
		Repackager repackager = new Repackager(plain.toFile());
		repackager.setMainClass(MAIN);
		repackager.setLayout(layout);
		repackager.setBackupSource(false);
		Path packaged = this.directory.resolve(name);
		repackager.repackage(packaged.toFile(), (callback) -> {
			for (Path library : this.libraries) {
				boolean provided = artifact(library).equals(PROVIDED);
				callback
					.library(new Library(library.toFile(), provided ? LibraryScope.PROVIDED : LibraryScope.COMPILE));
			}
		});
		return packaged;
	}

	private static Stream<Path> find(Set<String> artifacts) {
		List<Path> found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> artifacts.contains(artifact(path)))
			.toList();
		if (found.size() != artifacts.size()) {
			throw new IllegalStateException("Not all of " + artifacts + " are on the class path: " + found);
		}
		return found.stream();
	}

	private static Path location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** {@code spring-core} of {@code /x/spring-core-7.0.10.jar}. */
	private static String artifact(Path file) {
		return String.valueOf(file.getFileName()).replaceFirst("(-\\d[^/]*)?\\.jar$", "");
	}

	private static void copy(Path root, Path target, String folder) throws IOException {
		try (Stream<Path> files = Files.walk(root.resolve(folder))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = target.resolve(root.relativize(file).toString());
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy);
			}
		}
	}

	private static void archive(Path root, Path target, String prefix) throws IOException {
		if (Files.isRegularFile(root)) {
			Files.copy(root, target);
			return;
		}
		try (OutputStream out = Files.newOutputStream(target);
				JarOutputStream jar = new JarOutputStream(out);
				Stream<Path> files = Files.walk(root)) {
			files.filter(Files::isRegularFile).forEach((file) -> add(jar, file, prefix + root.relativize(file)));
		}
	}

	private static void add(JarOutputStream jar, Path file, String name) {
		try {
			jar.putNextEntry(new ZipEntry(name.replace(File.separatorChar, '/')));
			Files.copy(file, jar);
			jar.closeEntry();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
