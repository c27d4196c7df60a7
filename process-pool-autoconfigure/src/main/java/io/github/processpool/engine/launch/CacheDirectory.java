package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Directory for what outlives this JVM. Workers run code from it, so nobody but this user
 * may be able to write there.
 */
final class CacheDirectory {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	private static final String NAME = "process-pool";

	private CacheDirectory() {
	}

	/**
	 * Makes sure that the directory exists.
	 * @param configured where it is to be, or {@code null} for this user's cache
	 * directory and, where there is none, the directory for temporary files
	 * @return an absolute path
	 * @throws IOException if there can be none, or others may write to it
	 */
	static Path open(@Nullable Path configured) throws IOException {
		return open(configured, System.getenv(), System.getProperty("user.home", ""), System.getProperty("user.name"),
				Path.of(System.getProperty("java.io.tmpdir")));
	}

	static Path open(@Nullable Path configured, Map<String, String> environment, String home, @Nullable String user,
			Path temporary) throws IOException {
		if (configured != null) {
			return open(configured.toAbsolutePath(), configured.toAbsolutePath().resolve(NAME));
		}
		IOException failure = null;
		for (Path base : bases(environment, home)) {
			try {
				return open(base, base.resolve(NAME));
			}
			catch (IOException ex) {
				// As in a container whose file system is read-only
				failure = ex;
			}
		}
		try {
			return open(temporary, temporary.toAbsolutePath().resolve(NAME + "-" + user));
		}
		catch (IOException ex) {
			if (failure != null) {
				ex.addSuppressed(failure);
			}
			throw ex;
		}
	}

	private static List<Path> bases(Map<String, String> environment, String home) {
		List<Path> bases = new ArrayList<>();
		try {
			Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
			if (cache.isAbsolute()) {
				bases.add(cache);
			}
			// Without an entry in the user database the home is '?'
			if (Path.of(home).isAbsolute() && Files.isDirectory(Path.of(home))) {
				bases.add(Path.of(home, ".cache"));
			}
		}
		catch (InvalidPathException ex) {
			// No name of a directory here, so there is none
		}
		return bases;
	}

	private static Path open(Path base, Path directory) throws IOException {
		Files.createDirectories(base);
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			create(directory);
		}
		requirePrivate(directory);
		return directory;
	}

	private static void create(Path directory) throws IOException {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] attributes = posix
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) } : new FileAttribute<?>[0];
		// Unlike createDirectory it does not mind another JVM that was faster
		Files.createDirectories(directory, attributes);
	}

	/**
	 * In a directory for temporary files somebody else may have been faster.
	 */
	private static void requirePrivate(Path directory) throws IOException {
		Path probe = Files.createTempFile(directory, ".", ".probe");
		try {
			if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
				return;
			}
			PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			boolean ours = attributes.owner().equals(Files.getOwner(probe));
			if (!attributes.isDirectory() || !ours || !attributes.permissions().equals(OWNER_ONLY)) {
				throw new SettingException("worker.cache-directory", "Nothing is kept for workers in '" + directory
						+ "': its owner or its permissions let others write to it. Delete it, or choose another with {}");
			}
		}
		finally {
			Files.deleteIfExists(probe);
		}
	}

}
