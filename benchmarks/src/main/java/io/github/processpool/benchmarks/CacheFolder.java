package io.github.processpool.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A cache directory of workers that begins empty.
 */
final class CacheFolder implements AutoCloseable {

	private final Path path;

	CacheFolder() throws IOException {
		this.path = Files.createTempDirectory("bench-cache");
	}

	Path path() {
		return this.path;
	}

	/**
	 * Waits for an archive of classes.
	 * @param path the cache directory
	 * @param seconds how long at most
	 * @return whether there is one
	 * @throws IOException if the directory cannot be read
	 */
	static boolean awaitArchive(Path path, int seconds) throws IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (System.nanoTime() - deadline < 0) {
			try (Stream<Path> files = Files.walk(path)) {
				if (files.map((file) -> String.valueOf(file.getFileName()))
					.anyMatch((name) -> !name.startsWith(".") && (name.endsWith(".jsa") || name.endsWith(".aot")))) {
					return true;
				}
			}
			catch (UncheckedIOException ex) {
				// A temporary file went while we looked
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}
		return false;
	}

	@Override
	public void close() throws IOException {
		try (Stream<Path> files = Files.walk(this.path)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
