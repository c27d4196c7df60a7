package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;

/**
 * Options that a jar gives in its manifest. Java honours them for {@code -jar} only, and
 * workers are started with {@code -cp}.
 */
final class JarManifest {

	private JarManifest() {
	}

	/**
	 * Reads the options.
	 * @param classPath class path of the worker
	 * @return options that stand for the manifest of its only jar, empty if there are
	 * more
	 */
	static List<String> options(List<String> classPath) {
		if (classPath.size() != 1 || !new File(classPath.get(0)).isFile()) {
			return List.of();
		}
		try (JarFile jar = new JarFile(classPath.get(0))) {
			Manifest manifest = jar.getManifest();
			return (manifest != null) ? options(manifest.getMainAttributes()) : List.of();
		}
		catch (IOException ex) {
			// Not a jar: Java ignores it as well
			return List.of();
		}
	}

	private static List<String> options(Attributes attributes) {
		List<String> options = new ArrayList<>();
		add(options, attributes.getValue("Add-Exports"), "--add-exports=");
		add(options, attributes.getValue("Add-Opens"), "--add-opens=");
		if ("ALL-UNNAMED".equals(attributes.getValue("Enable-Native-Access"))) {
			options.add("--enable-native-access=ALL-UNNAMED");
		}
		return options;
	}

	private static void add(List<String> options, @Nullable String packages, String option) {
		if (packages != null) {
			for (String each : packages.trim().split("\\s+")) {
				options.add(option + each + "=ALL-UNNAMED");
			}
		}
	}

}
