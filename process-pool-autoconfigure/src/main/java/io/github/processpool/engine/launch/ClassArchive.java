package io.github.processpool.engine.launch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with classes as the JVM has them in memory. It is made by a worker that ends
 * well, and read by those that are launched with the same Java, options and class path.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClassArchive implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(ClassArchive.class);

	private final ArchiveKey key;

	private final @Nullable Path file;

	private final Path temporary;

	private final Path failed;

	/**
	 * Creates an archive.
	 * @param key what it is for
	 * @param file the archive, or {@code null} if it is yet to be made
	 * @param temporary what a worker writes
	 * @param failed file that tells that it cannot be made
	 */
	ClassArchive(ArchiveKey key, @Nullable Path file, Path temporary, Path failed) {
		this.key = key;
		this.file = file;
		this.temporary = temporary;
		this.failed = failed;
	}

	/**
	 * Options of the JVM that is to read it or, if it is yet to be made, to write it.
	 */
	List<String> options() {
		return (this.file != null) ? this.key.useOptions(this.file) : this.key.trainOptions(this.temporary);
	}

	/**
	 * Makes what the worker has written the archive of all later workers. What is there
	 * under that name is always whole: a JVM may crash on half an archive.
	 * @return its size in bytes
	 * @throws IOException if there is none, or it cannot be kept
	 */
	public long publish() throws IOException {
		if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
			// Some JVMs make it read-only
			Files.setPosixFilePermissions(this.temporary, PosixFilePermissions.fromString("rw-------"));
		}
		try (FileChannel channel = FileChannel.open(this.temporary, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
		long size = Files.size(this.temporary);
		Files.move(this.temporary, this.temporary.resolveSibling(this.key.fileName(size)),
				StandardCopyOption.ATOMIC_MOVE);
		return size;
	}

	/**
	 * Takes the archive away: a worker that used it did not get far.
	 */
	public void discard() {
		if (this.file != null) {
			delete(this.file);
		}
	}

	/**
	 * Notes that it cannot be made, so that nobody tries again with the same Java,
	 * options and class path.
	 */
	public void giveUp() {
		try {
			Files.writeString(this.failed, "");
		}
		catch (IOException ex) {
			logger.debug("cannot write {}", this.failed, ex);
		}
	}

	/**
	 * Deletes what the worker has written and what was not published.
	 */
	@Override
	public void close() {
		delete(this.temporary);
		// Written by Java 25 and later on the way to an archive
		delete(this.temporary.resolveSibling(this.temporary.getFileName() + ".config"));
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.debug("cannot delete {}", file, ex);
		}
	}

}
