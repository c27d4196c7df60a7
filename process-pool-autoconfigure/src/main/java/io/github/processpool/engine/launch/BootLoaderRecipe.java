package io.github.processpool.engine.launch;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applications that Spring Boot's loader started. Jars inside an archive can be read by
 * that loader only: they are extracted, which makes workers start faster, or else the
 * loader also starts the worker, with its {@code PropertiesLauncher}, the one that can be
 * told another main class. Exploded archives consist of files and need no loader.
 */
final class BootLoaderRecipe {

	private static final Logger logger = LoggerFactory.getLogger(BootLoaderRecipe.class);

	/** Compared by name: the class is not on our compile class path. */
	private static final String LOADER = "org.springframework.boot.loader.launch.LaunchedClassLoader";

	private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

	/** Without these {@code PropertiesLauncher} looks for BOOT-INF in a war. */
	private static final List<String> WAR_FOLDERS = List.of("WEB-INF/classes", "WEB-INF/lib", "WEB-INF/lib-provided");

	private BootLoaderRecipe() {
	}

	static @Nullable ClassLoader find(ClassLoader loader) {
		for (ClassLoader each = loader; each != null; each = each.getParent()) {
			if (each.getClass().getName().equals(LOADER)) {
				return each;
			}
		}
		return null;
	}

	static LaunchRecipe of(ClassLoader boot, String mainClass, ParentJvm parent, @Nullable FlatCache cache)
			throws IOException {
		boolean nested = false;
		boolean war = false;
		Set<String> files = new LinkedHashSet<>();
		for (URL url : urls(boot)) {
			if (ClassPathUrl.isNested(url)) {
				nested = true;
				war |= url.toString().contains("/!WEB-INF/");
			}
			else {
				files.add(ClassPathUrl.toPath(url, boot).toString());
			}
		}
		Set<String> own = FlatRecipe.ofParent(parent);
		String archive = own.iterator().next();
		if (!nested) {
			files.addAll(own);
			return new LaunchRecipe(List.copyOf(files), List.of(), null, false,
					"exploded archive " + archive + ", class path of " + files.size() + " entries");
		}
		String kind = war ? "war " : "fat jar ";
		if (cache != null && own.size() == 1) {
			try {
				List<String> flat = cache.flatten(urls(boot), Path.of(archive), boot);
				return new LaunchRecipe(flat, JarManifest.options(List.of(archive)), null, true,
						kind + archive + ", extracted, class path of " + flat.size() + " entries");
			}
			catch (IOException ex) {
				logger.info("workers are started from {} as it is, which takes longer: {}", archive,
						cache.describe(ex));
			}
		}
		List<String> options = new ArrayList<>();
		options.add("-Dloader.main=" + mainClass);
		List<String> loaderPath = new ArrayList<>(war ? WAR_FOLDERS : List.of());
		loaderPath.addAll(external(files));
		if (!loaderPath.isEmpty()) {
			options.add("-Dloader.path=" + String.join(",", loaderPath));
		}
		return new LaunchRecipe(List.copyOf(own), options, LAUNCHER, false,
				kind + archive + " through PropertiesLauncher");
	}

	private static URL[] urls(ClassLoader boot) {
		return (boot instanceof URLClassLoader loader) ? loader.getURLs() : new URL[0];
	}

	/** What an own {@code loader.path} of the application added. */
	private static Set<String> external(Set<String> files) throws IOException {
		for (String file : files) {
			if (file.contains(",")) {
				throw new IOException("Workers cannot be given the class path entry '" + file
						+ "': its name contains ',', which separates the entries of loader.path. Rename it");
			}
		}
		return files;
	}

}
