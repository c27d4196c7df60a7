package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A class path of files and directories, from the URLs of the class loaders and from the
 * class path and module path of this JVM. A worker has no modules of the application: a
 * module path becomes part of its class path.
 */
final class FlatRecipe {

	private FlatRecipe() {
	}

	static LaunchRecipe of(ClassLoader loader, String mainClass, ParentJvm parent) throws IOException {
		Set<String> entries = new LinkedHashSet<>();
		ClassLoader stranger = null;
		for (ClassLoader each = loader; each != null; each = each.getParent()) {
			if (each instanceof URLClassLoader urls) {
				for (URL url : urls.getURLs()) {
					entries.add(entry(ClassPathUrl.toPath(url, each)));
				}
			}
			else if (each != ClassLoader.getSystemClassLoader() && each != ClassLoader.getPlatformClassLoader()) {
				stranger = each;
			}
		}
		entries.addAll(ofParent(parent));
		if (stranger != null) {
			requireVisible(mainClass, loader, stranger, entries);
		}
		List<String> classPath = List.copyOf(entries);
		return new LaunchRecipe(classPath, List.of(), null, false, describe(classPath));
	}

	/**
	 * Class path and module path of this JVM.
	 * @param parent this JVM
	 * @return absolute entries, without duplicates
	 * @throws IOException if the module path cannot be read
	 */
	static Set<String> ofParent(ParentJvm parent) throws IOException {
		Set<String> entries = new LinkedHashSet<>();
		// With a main module an empty class path is none, otherwise it is the working
		// directory
		if (!parent.classPath().isEmpty() || !parent.modular()) {
			for (String each : parent.classPath().split(File.pathSeparator, -1)) {
				entries.add(absolute(parent, each).toString());
			}
		}
		if (!parent.modulePath().isEmpty()) {
			for (String each : parent.modulePath().split(File.pathSeparator, -1)) {
				addModules(absolute(parent, each), entries);
			}
		}
		return entries;
	}

	private static void addModules(Path path, Set<String> entries) throws IOException {
		if (!Files.isDirectory(path) || Files.exists(path.resolve("module-info.class"))) {
			entries.add(path.toString());
			return;
		}
		try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
			for (Path child : children) {
				boolean module = Files.isDirectory(child) ? Files.exists(child.resolve("module-info.class"))
						: child.toString().endsWith(".jar");
				if (module) {
					entries.add(child.toString());
				}
			}
		}
	}

	private static Path absolute(ParentJvm parent, String entry) {
		return parent.directory().resolve(entry).normalize();
	}

	private static String entry(Path path) throws IOException {
		String text = path.normalize().toString();
		if (text.contains(File.pathSeparator)) {
			throw new IOException("Workers cannot be given the class path entry '" + text + "': its name contains '"
					+ File.pathSeparator + "', which separates entries. Rename the directory");
		}
		return text;
	}

	/**
	 * Class loaders that we do not know may only filter what their parents see; if they
	 * hold the library itself, the worker would not find its main class.
	 */
	private static void requireVisible(String mainClass, ClassLoader loader, ClassLoader stranger, Set<String> entries)
			throws IOException {
		String resource = mainClass.replace('.', '/') + ".class";
		URL url = loader.getResource(resource);
		Path base = (url != null) ? base(url.toString(), resource) : null;
		if (base == null || !entries.contains(base.toString())) {
			throw new IOException("The class path for workers cannot be recovered from class loader "
					+ stranger.getClass().getName() + ", which has the library at " + url
					+ ". Start the application with java -cp or java -jar, or in a server whose class loaders tell their URLs (such as Tomcat)");
		}
	}

	private static @Nullable Path base(String url, String resource) {
		return ClassPathUrl.toPath(url.substring(0, url.length() - resource.length()));
	}

	private static String describe(List<String> classPath) {
		if (classPath.size() == 1) {
			String only = classPath.get(0);
			return (Files.isDirectory(Path.of(only)) ? "directory " : "jar ") + only;
		}
		return "class path of " + classPath.size() + " entries";
	}

}
