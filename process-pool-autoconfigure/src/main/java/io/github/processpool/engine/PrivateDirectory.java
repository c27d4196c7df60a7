package io.github.processpool.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;

import io.github.processpool.engine.launch.FileTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directory for the sockets, ledgers and argument files of a pool, which only its owner
 * may enter. A lock on a file in it lives as long as the parent, so that what a killed
 * parent left behind is recognised and swept.
 */
final class PrivateDirectory implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(PrivateDirectory.class);

	private static final String PREFIX = "processpool-";

	private static final String OWN_PREFIX = PREFIX + ProcessHandle.current().pid() + "-";

	private static final String LOCK = "owner.lock";

	/** A younger directory may be in the making, with its lock not taken yet. */
	private static final Duration YOUNG = Duration.ofSeconds(10);

	private final Path path;

	private final FileChannel lock;

	private PrivateDirectory(Path path) throws IOException {
		this.path = path;
		this.lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		this.lock.tryLock();
	}

	/**
	 * Creates a directory. An interrupt of the caller, whose task it is not, has no
	 * effect.
	 */
	static PrivateDirectory create() throws IOException {
		boolean interrupted = Thread.interrupted();
		Path parent = Path.of(System.getProperty("java.io.tmpdir"));
		try {
			PrivateDirectory directory = lock(Files.createTempDirectory(parent, OWN_PREFIX, ownerOnly()));
			sweep(parent, Files.getOwner(directory.path));
			return directory;
		}
		catch (IOException ex) {
			throw new IOException("Cannot create the private directory of the process pool in '" + parent + "': " + ex
					+ ". Make room there, or choose another directory with -Djava.io.tmpdir", ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static PrivateDirectory lock(Path path) throws IOException {
		try {
			return new PrivateDirectory(path);
		}
		catch (IOException ex) {
			FileTree.delete(path);
			throw ex;
		}
	}

	private static FileAttribute<?>[] ownerOnly() {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
	}

	Path path() {
		return this.path;
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
		FileTree.delete(this.path);
	}

	private static void sweep(Path parent, UserPrincipal owner) {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path entry : entries) {
				if (isStale(entry, owner)) {
					FileTree.delete(entry);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("cannot sweep what earlier processes left in {}", parent, ex);
		}
	}

	/**
	 * Whether the parent is gone that a directory belongs to. Those of this process are
	 * not even looked at: closing a file releases all locks that a process has on it.
	 */
	private static boolean isStale(Path directory, UserPrincipal owner) throws IOException {
		Path file = directory.resolve(LOCK);
		if (directory.getFileName().toString().startsWith(OWN_PREFIX)
				|| !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
				|| !Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(owner)
				|| !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || isYoung(directory)) {
			return false;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
				FileLock free = channel.tryLock()) {
			return free != null;
		}
	}

	private static boolean isYoung(Path directory) throws IOException {
		long modified = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toMillis();
		return System.currentTimeMillis() - modified < YOUNG.toMillis();
	}

}
