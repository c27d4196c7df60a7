package io.github.processpool.engine.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory with all that is in it.
 *
 * @since 0.1.0
 */
public final class FileTree {

	private FileTree() {
	}

	/**
	 * Deletes a directory with all that is in it. Follows no links.
	 * @param directory the directory; may be missing
	 * @throws IOException if something stays
	 */
	public static void delete(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return;
		}
		List<Path> files;
		try (Stream<Path> tree = Files.walk(directory)) {
			files = tree.sorted(Comparator.reverseOrder()).toList();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		for (Path file : files) {
			Files.deleteIfExists(file);
		}
	}

}
