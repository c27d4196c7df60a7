package io.github.processpool.sample.document;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

import javax.imageio.ImageIO;

import org.springframework.stereotype.Component;

/**
 * The files: each document and its thumbnails. The application and its workers use them
 * side by side.
 */
@Component
class DocumentStore {

	private final Path directory;

	DocumentStore(DocumentProperties properties) throws IOException {
		this.directory = Files.createDirectories(properties.directory().resolve("files"));
		makePrivate(properties.directory());
		// Thumbnails are small, and files of its own are what a killed worker leaves
		// behind
		ImageIO.setUseCache(false);
	}

	private static void makePrivate(Path directory) throws IOException {
		if (Files.getFileStore(directory).supportsFileAttributeView(PosixFileAttributeView.class)) {
			Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
		}
	}

	void save(UUID id, InputStream content) throws IOException {
		Files.copy(content, document(id));
	}

	void remove(UUID id) throws IOException {
		Files.deleteIfExists(document(id));
	}

	Path document(UUID id) {
		return this.directory.resolve(id + ".pdf");
	}

	void saveThumbnail(UUID id, int page, BufferedImage image) throws IOException {
		ImageIO.write(image, "png", thumbnail(id, page).toFile());
	}

	Path thumbnail(UUID id, int page) {
		return this.directory.resolve(id + "-" + page + ".png");
	}

}
