package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Name for what depends on many things. Confined to one thread.
 */
final class Fingerprint {

	private static final int LENGTH = 32;

	/** Last record of a jar, after which there may be a comment. */
	private static final int END_SIGNATURE = 0x06054b50;

	private static final int END_SIZE = 22;

	private static final int LONGEST_COMMENT = 0xffff;

	/** Beyond it the size would be in another place, and nobody has that many classes. */
	private static final long LARGEST = 64 * 1024 * 1024;

	private final MessageDigest digest;

	Fingerprint() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Adds a text.
	 * @param text any text
	 * @return this
	 */
	Fingerprint add(String text) {
		this.digest.update(text.getBytes(StandardCharsets.UTF_8));
		// Else "a", "bc" would be the same as "ab", "c"
		this.digest.update((byte) 0);
		return this;
	}

	/**
	 * Adds path, size and time of a file, or that it does not exist. Of a jar also the
	 * checksums of what it contains: reproducible builds give each version the same time,
	 * and two versions easily have the same size.
	 * @param file any path
	 * @return this
	 * @throws IOException if it exists and cannot be read
	 */
	Fingerprint add(Path file) throws IOException {
		addStamp(file);
		if (Files.isRegularFile(file)) {
			try (FileChannel channel = FileChannel.open(file)) {
				addDirectory(channel);
			}
		}
		return this;
	}

	/**
	 * Adds path, size and time of a file, or that it does not exist: enough where the
	 * path already stands for what is in it, or no other file comes with its time.
	 * @param file any path
	 * @return this
	 * @throws IOException if it exists and cannot be looked at
	 */
	Fingerprint addStamp(Path file) throws IOException {
		add(file.toString());
		if (!Files.isRegularFile(file)) {
			return add(Files.exists(file) ? "directory" : "missing");
		}
		return add(Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
	}

	private void addDirectory(FileChannel channel) throws IOException {
		// Few have a comment
		if (!addDirectory(channel, END_SIZE)) {
			addDirectory(channel, END_SIZE + LONGEST_COMMENT);
		}
	}

	private boolean addDirectory(FileChannel channel, int longest) throws IOException {
		int length = (int) Math.min(channel.size(), longest);
		long start = channel.size() - length;
		ByteBuffer tail = read(channel, start, length);
		for (int end = length - END_SIZE; end >= 0; end--) {
			if (tail.getInt(end) == END_SIGNATURE) {
				long size = Math.min(Integer.toUnsignedLong(tail.getInt(end + 12)), Math.min(start + end, LARGEST));
				// Megabytes in all, for which a digest takes long while it is not
				// compiled
				CRC32 checksum = new CRC32();
				checksum.update(read(channel, start + end - size, (int) size));
				add(Long.toHexString(checksum.getValue()));
				return true;
			}
		}
		return false;
	}

	private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
		while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
			// Reads what is left
		}
		return buffer.flip();
	}

	/**
	 * The name.
	 * @return letters and digits
	 */
	String text() {
		return HexFormat.of().formatHex(this.digest.digest()).substring(0, LENGTH);
	}

}
