package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The JDK or JRE that runs workers.
 *
 * @param home its directory
 * @param executable its {@code java} command
 * @param feature its Java version, such as 17
 * @param optimizing whether it is known to have HotSpot's C2 compiler, whose options
 * other virtual machines refuse
 */
record JavaInstallation(Path home, Path executable, int feature, boolean optimizing) {

	/** Our own class files need it. */
	private static final int OLDEST = 17;

	private static final String SETTING = "worker.java-home";

	static JavaInstallation of(@Nullable Path javaHome, ParentJvm parent) throws IOException {
		Path home = (javaHome != null) ? javaHome.toAbsolutePath() : parent.javaHome();
		Path executable = home.resolve("bin").resolve((File.separatorChar == '\\') ? "java.exe" : "java");
		if (!Files.isExecutable(executable)) {
			throw new SettingException(SETTING,
					(javaHome != null)
							? "There is no Java in '" + home + "': " + executable
									+ " is missing or not executable. Correct {}"
							: "This application's Java runtime '" + home + "' has no " + executable
									+ " to run workers. Set {} to a JDK or JRE");
		}
		if (home.equals(parent.javaHome())) {
			return new JavaInstallation(home, executable, parent.feature(), parent.vmName().contains("Server VM"));
		}
		int feature = feature(home, parent.feature());
		if (feature < OLDEST) {
			throw new SettingException(SETTING, "Java " + feature + " in '" + home
					+ "' is too old for workers, they need Java " + OLDEST + " or later. Correct {}");
		}
		return new JavaInstallation(home, executable, feature, true);
	}

	/**
	 * Adds what tells it from other installations, and from another version in the same
	 * place.
	 * @param fingerprint to add to
	 * @throws IOException if its files cannot be looked at
	 */
	void identify(Fingerprint fingerprint) throws IOException {
		Path release = this.home.resolve("release");
		fingerprint.addStamp(this.home.resolve("lib").resolve("modules")).addStamp(release);
		if (Files.isReadable(release)) {
			// All files of an image may have the same time
			fingerprint.add(Files.readString(release, StandardCharsets.ISO_8859_1));
		}
	}

	private static int feature(Path home, int fallback) throws IOException {
		Path release = home.resolve("release");
		if (!Files.isReadable(release)) {
			return fallback;
		}
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(release)) {
			properties.load(reader);
		}
		String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
		try {
			// Before Java 9 the feature number stood second: 1.8.0_392
			return version.startsWith("1.") ? Integer.parseInt(version.split("\\.")[1])
					: Runtime.Version.parse(version).feature();
		}
		catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
			return fallback;
		}
	}

}
