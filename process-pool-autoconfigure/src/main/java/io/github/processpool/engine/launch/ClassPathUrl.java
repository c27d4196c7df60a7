package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Class path entries that class loaders hold as URLs.
 */
final class ClassPathUrl {

	private ClassPathUrl() {
	}

	/**
	 * Whether the entry lies inside an archive of Spring Boot's loader.
	 * @param url entry of a class loader
	 * @return whether only that loader can read it
	 */
	static boolean isNested(URL url) {
		return url.toString().contains("nested:");
	}

	/**
	 * Name of an entry inside an archive, from a URL such as
	 * {@code jar:nested:/x/app.jar/!BOOT-INF/lib/a.jar!/}.
	 * @param url text of the URL
	 * @param archive the archive
	 * @return the name, or {@code null} if it is not in that archive
	 * @throws IOException if that cannot be found out
	 */
	static @Nullable String nestedEntry(String url, Path archive) throws IOException {
		String prefix = "jar:nested:";
		int end = url.indexOf("/!");
		if (!url.startsWith(prefix) || end < 0 || !url.endsWith("!/") || url.length() < end + 4) {
			return null;
		}
		// The loader writes names as they are, but for the separator
		Path owner = new File(url.substring(prefix.length(), end).replace("%21", "!")).toPath();
		return Files.isSameFile(owner, archive) ? url.substring(end + 2, url.length() - 2) : null;
	}

	/**
	 * The file or directory of an entry.
	 * @param url entry of a class loader
	 * @param owner the class loader
	 * @return an absolute path
	 * @throws IOException if it is none
	 */
	static Path toPath(URL url, ClassLoader owner) throws IOException {
		Path path = toPath(url.toString());
		if (path == null) {
			throw new IOException("Workers cannot be given the class path entry '" + url + "' of class loader "
					+ owner.getClass().getName() + ": it is not a file or directory." + remedy(url));
		}
		return path;
	}

	/**
	 * The file or directory that a URL stands for.
	 * @param url text of a {@code file:} URL or of the {@code jar:} URL of a whole
	 * archive
	 * @return an absolute path, or {@code null} if it is neither
	 */
	static @Nullable Path toPath(String url) {
		String file = url;
		if (file.startsWith("jar:") && file.endsWith("!/")) {
			file = file.substring("jar:".length(), file.length() - "!/".length());
		}
		if (!file.startsWith("file:") || file.contains("!/")) {
			return null;
		}
		try {
			return Path.of(new URI(file)).toAbsolutePath();
		}
		catch (URISyntaxException ex) {
			// URLs made with File.toURL() are not escaped
			try {
				return Path.of(file.substring("file:".length())).toAbsolutePath();
			}
			catch (InvalidPathException invalid) {
				return null;
			}
		}
		catch (IllegalArgumentException | FileSystemNotFoundException ex) {
			return null;
		}
	}

	private static String remedy(URL url) {
		String text = url.toString().toLowerCase(Locale.ROOT);
		return (text.contains("war:") || text.contains(".war"))
				? " Let the server unpack the war (Tomcat: unpackWARs=\"true\" on the Host)"
				: " Start the application from files, or with Spring Boot's own loader";
	}

}
