package io.github.processpool.engine.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where {@linkplain ClassArchive archives} are. Those for another Java, other options or
 * another class path have other names, so what is stale is never found and in the end
 * swept. Thread-safe.
 */
final class ArchiveStore {

	private static final Logger logger = LoggerFactory.getLogger(ArchiveStore.class);

	private static final String FOLDER = "archives";

	private static final String TEMPORARY = ".";

	private static final String FAILED = ".failed";

	private static final String REFUSED = ".refused";

	private static final int MOST_ARCHIVES = 8;

	private static final Duration LONGEST_REST = Duration.ofDays(30);

	private static final Duration LONGEST_WORK = Duration.ofHours(1);

	private final Path folder;

	private ArchiveStore(Path folder) {
		this.folder = folder;
	}

	static ArchiveStore open(@Nullable Path cacheDirectory) throws IOException {
		return new ArchiveStore(Files.createDirectories(CacheDirectory.open(cacheDirectory).resolve(FOLDER)));
	}

	/**
	 * Finds an archive and marks it as used. One that was cut is deleted: its name tells
	 * the size.
	 * @param key what it is for
	 * @return the archive, or {@code null} if there is none
	 */
	@Nullable ClassArchive find(ArchiveKey key) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder, key.name() + "-*" + key.extension())) {
			for (Path file : files) {
				ClassArchive archive = archive(key, file);
				if (String.valueOf(file.getFileName()).equals(key.fileName(Files.size(file)))) {
					Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
					return archive;
				}
				archive.discard();
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("no archive of classes can be used from {}", this.folder, ex);
		}
		return null;
	}

	/**
	 * Prepares the making of an archive, and sweeps what nobody needs.
	 * @param key what it is for
	 * @return the archive, or {@code null} if it is there or was found to be impossible
	 */
	@Nullable ClassArchive missing(ArchiveKey key) {
		sweep();
		if (find(key) != null || Files.exists(this.folder.resolve(key.name() + FAILED))) {
			return null;
		}
		return archive(key, null);
	}

	/**
	 * What is known of workers that would use an archive.
	 * @param key what it is for
	 * @return the memory
	 */
	LaunchMemory memory(ArchiveKey key) {
		return new LaunchMemory(this.folder.resolve(key.name() + REFUSED));
	}

	private ClassArchive archive(ArchiveKey key, @Nullable Path file) {
		String temporary = TEMPORARY + key.name() + "." + ProcessHandle.current().pid() + key.extension();
		return new ClassArchive(key, file, this.folder.resolve(temporary), this.folder.resolve(key.name() + FAILED));
	}

	private void sweep() {
		List<Path> archives = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder)) {
			for (Path file : files) {
				if (!String.valueOf(file.getFileName()).startsWith(TEMPORARY)) {
					archives.add(file);
				}
				else if (age(file).compareTo(LONGEST_WORK) > 0 || isAbandoned(file)) {
					Files.deleteIfExists(file);
				}
			}
			archives.sort(Comparator.comparing(ArchiveStore::age));
			for (int i = 0; i < archives.size(); i++) {
				if (i >= MOST_ARCHIVES || age(archives.get(i)).compareTo(LONGEST_REST) > 0) {
					Files.deleteIfExists(archives.get(i));
				}
			}
		}
		catch (IOException | UncheckedIOException ex) {
			logger.debug("cannot sweep {}", this.folder, ex);
		}
	}

	/** Its name tells the process that had it made. */
	private static boolean isAbandoned(Path file) {
		String[] parts = String.valueOf(file.getFileName()).split("\\.");
		try {
			return ProcessHandle.of(Long.parseLong(parts[2])).isEmpty();
		}
		catch (ArrayIndexOutOfBoundsException | NumberFormatException ex) {
			return true;
		}
	}

	private static Duration age(Path path) {
		try {
			return Duration.between(Files.getLastModifiedTime(path).toInstant(), Instant.now());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
