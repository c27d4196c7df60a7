package io.github.processpool.engine.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One directory of the {@link FlatCache}. A lock on a file in it tells other JVMs that it
 * is in use, a list of its files that it is complete: those who clean directories for
 * temporary files delete single ones.
 */
final class FlatEntry {

	/** What the name of an entry begins with that is not finished. */
	static final String TEMPORARY = ".";

	private static final Logger logger = LoggerFactory.getLogger(FlatEntry.class);

	private static final String LOCK = "lock";

	private static final String INDEX = "index";

	private static final int MOST_ENTRIES = 8;

	private static final Duration LONGEST_REST = Duration.ofDays(30);

	private static final Duration LONGEST_WORK = Duration.ofHours(1);

	/** Held until this JVM ends: its workers load classes as late as they need them. */
	private static final Map<Path, FileChannel> used = new ConcurrentHashMap<>();

	private FlatEntry() {
	}

	/**
	 * Marks an entry as used by this JVM.
	 * @param entry the directory
	 * @return whether it is there, and complete
	 */
	static boolean use(Path entry) {
		try {
			if (!used.containsKey(entry)) {
				lock(entry);
			}
			for (String line : Files.readAllLines(entry.resolve(INDEX))) {
				String[] sizeAndName = line.split(" ", 2);
				if (Files.size(entry.resolve(sizeAndName[1])) != Long.parseLong(sizeAndName[0])) {
					return false;
				}
			}
			Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
			return true;
		}
		catch (IOException | RuntimeException ex) {
			logger.trace("{} cannot be used", entry, ex);
			return false;
		}
	}

	/**
	 * Whether a file is in an entry that this JVM uses.
	 * @param file an absolute path
	 * @return whether it is
	 */
	static boolean holds(Path file) {
		return used.keySet().stream().anyMatch(file::startsWith);
	}

	private static void lock(Path entry) throws IOException {
		FileChannel channel = FileChannel.open(entry.resolve(LOCK), StandardOpenOption.READ);
		try {
			channel.lock(0, Long.MAX_VALUE, true);
		}
		catch (OverlappingFileLockException ex) {
			// Another class loader of this JVM has it, and closing would take it away
		}
		used.put(entry, channel);
	}

	/**
	 * Notes what is in a finished entry.
	 * @param entry a directory
	 * @throws IOException if that fails
	 */
	static void seal(Path entry) throws IOException {
		List<String> lines = new ArrayList<>();
		try (Stream<Path> tree = Files.walk(entry)) {
			for (Path file : tree.filter(Files::isRegularFile).toList()) {
				lines.add(Files.size(file) + " " + entry.relativize(file));
			}
		}
		Files.createFile(entry.resolve(LOCK));
		Files.write(entry.resolve(INDEX), lines);
	}

	/**
	 * Takes an entry away.
	 * @param entry the directory; may be missing
	 * @throws IOException if it stays
	 */
	static void discard(Path entry) throws IOException {
		if (Files.exists(entry)) {
			// At once: others must not see half of it
			Path temporary = Files.createTempDirectory(entry.toAbsolutePath().getParent(), TEMPORARY);
			Files.move(entry, temporary.resolve("discarded"));
			FileTree.delete(temporary);
		}
		FileChannel channel = used.remove(entry);
		if (channel != null) {
			channel.close();
		}
	}

	/**
	 * Deletes what nobody has used for long, and what was not finished.
	 * @param folder what the entries are in
	 */
	static void sweep(Path folder) {
		List<Path> entries = new ArrayList<>();
		try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
			for (Path child : children) {
				if (!String.valueOf(child.getFileName()).startsWith(TEMPORARY)) {
					entries.add(child);
				}
				else if (age(child).compareTo(LONGEST_WORK) > 0) {
					FileTree.delete(child);
				}
			}
			entries.sort(Comparator.comparing(FlatEntry::age));
			for (int i = 0; i < entries.size(); i++) {
				boolean old = age(entries.get(i)).compareTo(LONGEST_REST) > 0;
				if ((old || i >= MOST_ENTRIES - 1) && isFree(entries.get(i))) {
					discard(entries.get(i));
				}
			}
		}
		catch (IOException | UncheckedIOException ex) {
			logger.debug("cannot sweep {}", folder, ex);
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

	/** Opening and closing a file that this JVM has locked would unlock it. */
	private static boolean isFree(Path entry) {
		if (used.containsKey(entry)) {
			return false;
		}
		try (FileChannel channel = FileChannel.open(entry.resolve(LOCK), StandardOpenOption.WRITE);
				FileLock free = channel.tryLock()) {
			return free != null;
		}
		catch (IOException | OverlappingFileLockException ex) {
			logger.trace("{} is in use", entry, ex);
			return false;
		}
	}

}
