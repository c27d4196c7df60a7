package io.github.processpool.engine.launch;

import java.io.IOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What executable archives contain, as jars on disk. An archive is extracted once; all
 * JVMs of this user share the result. Thread-safe.
 */
final class FlatCache {

	private static final Logger logger = LoggerFactory.getLogger(FlatCache.class);

	private static final String FOLDER = "flat";

	private static final List<String> LIBRARY_FOLDERS = List.of("BOOT-INF/lib/", "WEB-INF/lib/",
			"WEB-INF/lib-provided/");

	/** Two workers that start together would extract the same archive twice. */
	private static final Object extraction = new Object();

	private final @Nullable Path directory;

	private final String setting;

	/**
	 * Creates a cache.
	 * @param directory where it is, or {@code null} for the user's cache directory
	 * @param setting how the user calls the setting of that directory
	 */
	FlatCache(@Nullable Path directory, String setting) {
		this.directory = directory;
		this.setting = setting;
	}

	/**
	 * Why nothing can be kept here.
	 */
	String describe(IOException failure) {
		return (failure instanceof SettingException wrong) ? wrong.describe((name) -> this.setting)
				: failure.toString();
	}

	/**
	 * Turns the class path of Spring Boot's loader into one that needs no loader.
	 * @param urls entries inside and outside of the archive, in order
	 * @param archive the executable archive
	 * @param loader the loader, for messages
	 * @return the archive, whose own files its loader sees first, then for each entry a
	 * file
	 * @throws IOException if there cannot be one
	 */
	List<String> flatten(URL[] urls, Path archive, ClassLoader loader) throws IOException {
		try (ZipFile zip = new ZipFile(archive.toFile())) {
			List<String> nested = new ArrayList<>();
			List<Path> files = new ArrayList<>();
			for (URL url : urls) {
				Path file = ClassPathUrl.isNested(url) ? null : ClassPathUrl.toPath(url, loader);
				String name = (file != null) ? unpacked(zip, archive, file)
						: ClassPathUrl.nestedEntry(url.toString(), archive);
				if (name != null) {
					nested.add(name);
					file = Path.of(Extraction.fileName(name));
				}
				else if (file == null) {
					throw new IOException("The class path entry '" + url + "' is not in '" + archive + "'");
				}
				files.add(file);
			}
			Path entry = extracted(zip, archive, nested);
			List<String> classPath = new ArrayList<>();
			classPath.add(archive.toString());
			files.forEach((file) -> classPath.add(entry.resolve(file).toString()));
			return classPath;
		}
	}

	/**
	 * What an archive contains that its loader cannot read in place was unpacked by it,
	 * into a directory that is another each time.
	 */
	private static @Nullable String unpacked(ZipFile zip, Path archive, Path file) {
		if (String.valueOf(file.getParent()).contains(archive.getFileName() + "-spring-boot-libs-")) {
			for (String folder : LIBRARY_FOLDERS) {
				if (zip.getEntry(folder + file.getFileName()) != null) {
					return folder + file.getFileName();
				}
			}
		}
		return null;
	}

	private Path extracted(ZipFile zip, Path archive, List<String> nested) throws IOException {
		Path folder = Files.createDirectories(CacheDirectory.open(this.directory).resolve(FOLDER));
		Path entry = folder.resolve(key(archive, nested));
		synchronized (extraction) {
			if (!FlatEntry.use(entry)) {
				long start = System.nanoTime();
				FlatEntry.sweep(folder);
				extract(zip, nested, folder, entry);
				logger.info("extracted {} to {} for fast starts of workers ({} ms)", archive, entry,
						TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
			}
		}
		return entry;
	}

	private static String key(Path archive, List<String> nested) throws IOException {
		Fingerprint fingerprint = new Fingerprint().add(archive);
		nested.forEach(fingerprint::add);
		return fingerprint.text();
	}

	private static void extract(ZipFile zip, List<String> nested, Path folder, Path entry) throws IOException {
		Path temporary = Files.createTempDirectory(folder, FlatEntry.TEMPORARY);
		try {
			Extraction.extract(zip, nested, temporary);
			FlatEntry.seal(temporary);
			FlatEntry.discard(entry);
			try {
				Files.move(temporary, entry, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (FileSystemException ex) {
				// Another JVM may have been faster
				if (!FlatEntry.use(entry)) {
					throw ex;
				}
				return;
			}
			if (!FlatEntry.use(entry)) {
				throw new IOException("'" + entry + "' is not what was written there a moment ago");
			}
		}
		finally {
			FileTree.delete(temporary);
		}
	}

}
