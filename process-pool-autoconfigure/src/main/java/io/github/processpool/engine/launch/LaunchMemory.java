package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers from one start of an application to the next why workers must not be launched
 * in a certain way. Kept beside the {@linkplain ClassArchive archives} under the same
 * key, so another Java, class path or set of options starts afresh. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LaunchMemory {

	private static final Logger logger = LoggerFactory.getLogger(LaunchMemory.class);

	private final Path file;

	LaunchMemory(Path file) {
		this.file = file;
	}

	/**
	 * What is known.
	 * @return why workers must not be launched like that, or {@code null} if they may
	 */
	public @Nullable String recall() {
		if (!Files.exists(this.file)) {
			return null;
		}
		try {
			String reason = Files.readString(this.file);
			// What is in use is not swept
			Files.setLastModifiedTime(this.file, FileTime.from(Instant.now()));
			return reason;
		}
		catch (IOException ex) {
			logger.debug("cannot read {}", this.file, ex);
			return null;
		}
	}

	/**
	 * Keeps a reason.
	 * @param reason why workers must not be launched like that
	 */
	public void remember(String reason) {
		try {
			Files.writeString(this.file, reason);
		}
		catch (IOException ex) {
			logger.debug("cannot write {}", this.file, ex);
		}
	}

}
