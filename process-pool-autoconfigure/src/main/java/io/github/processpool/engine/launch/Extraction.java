package io.github.processpool.engine.launch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Turns what is on the class path inside an executable archive into jars. Directories are
 * packed: archives of classes can only be made of jars.
 */
final class Extraction {

	private Extraction() {
	}

	/**
	 * What an entry is called outside.
	 * @param entry name of a jar or, with a slash at the end, of a directory
	 * @return a relative path
	 */
	static String fileName(String entry) {
		return entry.endsWith("/") ? entry.substring(0, entry.length() - 1) + ".jar" : entry;
	}

	/**
	 * Extracts.
	 * @param zip the archive
	 * @param entries names of jars and directories in it
	 * @param target an empty directory
	 * @throws IOException if it cannot be read or written
	 */
	static void extract(ZipFile zip, List<String> entries, Path target) throws IOException {
		for (String entry : entries) {
			Path file = target.resolve(fileName(entry)).normalize();
			if (!file.startsWith(target)) {
				throw new IOException("'" + zip.getName() + "' contains '" + entry + "', which leads out of it");
			}
			Files.createDirectories(Objects.requireNonNull(file.getParent()));
			if (entry.endsWith("/")) {
				pack(zip, entry, file);
			}
			else {
				copy(zip, entry, file);
			}
		}
	}

	private static void copy(ZipFile zip, String entry, Path file) throws IOException {
		try (InputStream in = open(zip, zip.getEntry(entry))) {
			Files.copy(in, file);
		}
	}

	private static void pack(ZipFile zip, String folder, Path file) throws IOException {
		try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
			boolean manifest = false;
			for (ZipEntry each : Collections.list(zip.entries())) {
				String name = each.getName();
				if (name.startsWith(folder) && name.length() > folder.length()) {
					manifest |= name.substring(folder.length()).equalsIgnoreCase(JarFile.MANIFEST_NAME);
					add(zip, each, out, name.substring(folder.length()));
				}
			}
			if (!manifest) {
				addManifest(zip, out);
			}
		}
	}

	/** Not compressed, so that reading costs nothing. */
	private static void add(ZipFile zip, ZipEntry source, ZipOutputStream out, String name) throws IOException {
		ZipEntry target = new ZipEntry(name);
		target.setTime(source.getTime());
		target.setMethod(ZipEntry.STORED);
		target.setSize(source.isDirectory() ? 0 : source.getSize());
		target.setCrc(source.isDirectory() ? 0 : source.getCrc());
		out.putNextEntry(target);
		if (!source.isDirectory()) {
			try (InputStream in = open(zip, source)) {
				in.transferTo(out);
			}
		}
		out.closeEntry();
	}

	/**
	 * The loader gives the packages of the application the version that the archive's
	 * manifest tells.
	 */
	private static void addManifest(ZipFile zip, ZipOutputStream out) throws IOException {
		ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
		if (entry == null) {
			return;
		}
		Manifest manifest;
		try (InputStream in = open(zip, entry)) {
			manifest = new Manifest(in);
		}
		manifest.getEntries().clear();
		manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
		out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
		manifest.write(out);
	}

	private static InputStream open(ZipFile zip, @Nullable ZipEntry entry) throws IOException {
		InputStream in = (entry != null) ? zip.getInputStream(entry) : null;
		if (in == null) {
			throw new IOException("'" + zip.getName() + "' lacks what its class path names");
		}
		return in;
	}

}
