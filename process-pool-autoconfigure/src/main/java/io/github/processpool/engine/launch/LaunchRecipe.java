package io.github.processpool.engine.launch;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a worker gets the application's classes.
 *
 * @param classPath absolute entries of {@code -cp}
 * @param options system properties for the launcher, as {@code -D} options
 * @param launcher main class that sets up the class path and calls the worker's, or
 * {@code null} if none is needed
 * @param extracted whether files of the {@link FlatCache} are on the class path
 * @param description how workers are launched, for people
 */
record LaunchRecipe(List<String> classPath, List<String> options, @Nullable String launcher, boolean extracted,
		String description) {

	static LaunchRecipe detect(ClassLoader loader, String mainClass, ParentJvm parent) throws IOException {
		return detect(loader, mainClass, parent, null);
	}

	/**
	 * Recovers the recipe from how the application itself was started.
	 * @param loader class loader of the application
	 * @param mainClass main class of the worker
	 * @param parent this JVM
	 * @param cache where archives are extracted, or {@code null} to leave them alone
	 * @return the recipe
	 * @throws IOException if the class path cannot be given to another JVM
	 */
	static LaunchRecipe detect(ClassLoader loader, String mainClass, ParentJvm parent, @Nullable FlatCache cache)
			throws IOException {
		ClassLoader boot = BootLoaderRecipe.find(loader);
		return (boot != null) ? BootLoaderRecipe.of(boot, mainClass, parent, cache)
				: FlatRecipe.of(loader, mainClass, parent);
	}

}
