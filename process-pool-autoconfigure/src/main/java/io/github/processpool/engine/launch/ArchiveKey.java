package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What an archive of classes depends on.
 *
 * @param name stands for all of it
 * @param format kind of archive that the Java of the workers knows
 */
record ArchiveKey(String name, Format format) {

	/** Whoever sets these looks after archives, and agents see no classes from them. */
	private static final Pattern OWN = Pattern.compile("-Xshare:.*|-XX:(SharedArchiveFile|SharedClassListFile"
			+ "|ArchiveClassesAtExit|AOT\\w*|[+-]AutoCreateSharedArchive|[+-]RecordDynamicDumpInfo)(=.*)?"
			+ "|-(javaagent|agentlib|agentpath|Xrun|Xdebug|Xbootclasspath).*|--patch-module.*|--limit-modules.*");

	/** Other values of these make no other archive. */
	private static final Pattern IRRELEVANT = Pattern
		.compile("-D.*|-Xmx.*|-Xms.*|-Xlog.*|-XX:(ErrorFile|HeapDumpPath|MaxHeapSize|MaxRAM\\w*)=.*");

	/**
	 * Looks at what is to be launched.
	 * @param java what runs it
	 * @param options its options
	 * @param recipe its class path
	 * @param profile what it is for
	 * @return the key, or {@code null} if there can be no archive
	 * @throws IOException if a file cannot be looked at
	 */
	static @Nullable ArchiveKey of(JavaInstallation java, List<String> options, LaunchRecipe recipe, String profile)
			throws IOException {
		if (!java.optimizing() || recipe.launcher() != null
				|| options.stream().anyMatch((option) -> OWN.matcher(option).matches())) {
			return null;
		}
		Fingerprint fingerprint = new Fingerprint().add(profile);
		java.identify(fingerprint);
		for (String option : options) {
			if (!IRRELEVANT.matcher(option).matches()) {
				fingerprint.add(option);
			}
		}
		for (Path file : files(recipe.classPath())) {
			if (Files.isDirectory(file) && !isEmpty(file)) {
				// Java archives classes of jars only
				return null;
			}
			if (FlatEntry.holds(file)) {
				// Its directory is named after all that is in it
				fingerprint.addStamp(file);
			}
			else {
				fingerprint.add(file);
			}
		}
		return new ArchiveKey(fingerprint.text(), (java.feature() >= Format.AOT.feature) ? Format.AOT : Format.CDS);
	}

	String extension() {
		return this.format.extension;
	}

	/**
	 * Name of an archive.
	 * @param size its size in bytes
	 * @return a name that no other archive has
	 */
	String fileName(long size) {
		return this.name + "-" + size + this.format.extension;
	}

	/**
	 * Options with which a JVM reads classes from an archive. Its complaints would be
	 * taken for those of the worker.
	 */
	List<String> useOptions(Path archive) {
		return withLog("-XX:" + this.format.use + "=" + archive);
	}

	/**
	 * Options with which a JVM writes an archive when it ends.
	 */
	List<String> trainOptions(Path archive) {
		return withLog("-XX:" + this.format.train + "=" + archive);
	}

	private List<String> withLog(String option) {
		List<String> options = new ArrayList<>(this.format.quiet);
		options.add(option);
		return options;
	}

	private static boolean isEmpty(Path directory) throws IOException {
		try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
			return !children.iterator().hasNext();
		}
	}

	/**
	 * An extracted application has one jar whose manifest names all others.
	 */
	private static Set<Path> files(List<String> classPath) throws IOException {
		Set<Path> files = new LinkedHashSet<>();
		classPath.forEach((entry) -> files.add(Path.of(entry)));
		if (classPath.size() == 1 && Files.isRegularFile(Path.of(classPath.get(0)))) {
			try (JarFile jar = new JarFile(new File(classPath.get(0)))) {
				Manifest manifest = jar.getManifest();
				String others = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
						: null;
				if (others != null) {
					URI base = new File(classPath.get(0)).toURI();
					for (String other : others.trim().split("\\s+")) {
						files.add(Path.of(base.resolve(other)));
					}
				}
			}
			catch (IllegalArgumentException ex) {
				throw new IOException("The manifest of " + classPath.get(0) + " names no files", ex);
			}
		}
		return files;
	}

	/**
	 * Kinds of archives.
	 */
	enum Format {

		/** Class data sharing: classes as they are after loading. */
		CDS(17, ".jsa", "SharedArchiveFile", "ArchiveClassesAtExit", List.of("-Xshare:auto", "-Xlog:cds*=off")),

		/** Ahead-of-time cache: in addition linked classes, objects and profiles. */
		AOT(25, ".aot", "AOTCache", "AOTCacheOutput", List.of("-Xlog:aot*=off"));

		private final int feature;

		private final String extension;

		private final String use;

		private final String train;

		private final List<String> quiet;

		Format(int feature, String extension, String use, String train, List<String> quiet) {
			this.feature = feature;
			this.extension = extension;
			this.use = use;
			this.train = train;
			this.quiet = quiet;
		}

	}

}
