package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build fetches for the tests, but must not be on their class path.
 */
final class Fetched {

	private static final Path DIRECTORY = Path.of(System.getProperty("basedir", ""), "target", "launch");

	private Fetched() {
	}

	static Path devTools() throws IOException {
		return only(DIRECTORY.resolve("devtools"), "spring-boot-devtools-");
	}

	static Path tomcat() throws IOException {
		return only(DIRECTORY.resolve("tomcat"), "apache-tomcat-");
	}

	private static Path only(Path directory, String prefix) throws IOException {
		if (Files.isDirectory(directory)) {
			try (Stream<Path> children = Files.list(directory)) {
				List<Path> found = children.filter((child) -> String.valueOf(child.getFileName()).startsWith(prefix))
					.toList();
				if (found.size() == 1) {
					return found.get(0).toAbsolutePath();
				}
			}
		}
		throw new IllegalStateException("There is no single " + prefix + "* in " + directory.toAbsolutePath()
				+ ". Run 'mvn pre-integration-test'");
	}

}
