package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Writes the file from which the {@code java} command reads its arguments. A class path
 * may be longer than an argument may be, and options may hold secrets, which everybody on
 * the machine could read in a command line.
 */
final class ArgumentFile {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private ArgumentFile() {
	}

	/**
	 * Writes the file anew.
	 * @param file where
	 * @param arguments what
	 * @param encoding charset in which the {@code java} command reads it
	 * @throws IOException if it cannot be written, or an argument not expressed
	 */
	static void write(Path file, List<String> arguments, String encoding) throws IOException {
		Charset charset = charset(encoding);
		StringBuilder text = new StringBuilder();
		for (String argument : arguments) {
			requireEncodable(argument, charset);
			text.append(quote(argument)).append('\n');
		}
		ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
		Files.deleteIfExists(file);
		try (SeekableByteChannel channel = Files.newByteChannel(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
		}
	}

	/**
	 * Quotes an argument.
	 * @param argument any text
	 * @return what the {@code java} command reads as that text
	 */
	static String quote(String argument) {
		StringBuilder quoted = new StringBuilder(argument.length() + 2).append('"');
		for (int i = 0; i < argument.length(); i++) {
			char c = argument.charAt(i);
			switch (c) {
				case '"', '\\' -> quoted.append('\\').append(c);
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				case '\f' -> quoted.append("\\f");
				default -> quoted.append(c);
			}
		}
		return quoted.append('"').toString();
	}

	private static Charset charset(String encoding) {
		try {
			return Charset.forName(encoding);
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
			return StandardCharsets.UTF_8;
		}
	}

	private static void requireEncodable(String argument, Charset charset) throws IOException {
		if (argument.indexOf('\0') >= 0) {
			throw new IOException("'" + name(argument, '\0')
					+ "' cannot be given to a worker: it contains the character " + "NUL. Remove it");
		}
		CharsetEncoder encoder = charset.newEncoder();
		if (!encoder.canEncode(argument)) {
			char culprit = (char) argument.chars().filter((c) -> !encoder.canEncode((char) c)).findFirst().orElse('?');
			throw new IOException("'" + name(argument, culprit)
					+ "' cannot be given to a worker: the locale of this process (" + charset.name()
					+ ") cannot express all of its characters. Start the application with LC_ALL=C.UTF-8");
		}
	}

	/** Of an option without the value, which may be secret; of a class path the entry. */
	private static String name(String argument, char culprit) {
		if (argument.startsWith("-")) {
			int end = argument.indexOf('=');
			return (end >= 0) ? argument.substring(0, end) : argument;
		}
		int at = Math.max(0, argument.indexOf(culprit));
		int start = argument.lastIndexOf(File.pathSeparatorChar, at) + 1;
		int end = argument.indexOf(File.pathSeparatorChar, at);
		return argument.substring(start, (end >= 0) ? end : argument.length()).replace('\0', '?');
	}

	private static FileAttribute<?>[] ownerOnly() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) } : new FileAttribute<?>[0];
	}

}
