package io.github.processpool.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * The pipe that a worker prints into. A grandchild that outlives the worker holds it
 * open, and neither an interrupt nor a close wakes the thread that reads it: only
 * something to read does. Linux only: elsewhere that thread stays until the grandchild
 * ends. Immutable.
 */
final class HeldPipe {

	private static final Path PROCESSES = Path.of("/proc");

	private final String identity;

	private HeldPipe(String identity) {
		this.identity = identity;
	}

	/**
	 * The pipe behind a descriptor of a process that has just been launched.
	 * @return the pipe, or {@code null} if it cannot be told
	 */
	static @Nullable HeldPipe of(long pid, int descriptor) {
		try {
			Path link = PROCESSES.resolve(pid + "/fd/" + descriptor);
			String target = Files.readSymbolicLink(link).toString();
			return target.startsWith("pipe:") ? new HeldPipe(target) : null;
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Writes an end of line into it, through whoever has it open.
	 * @return the process that was found to have it open, or -1 if none was
	 */
	long wake() {
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
			for (Path process : processes) {
				if (wake(process)) {
					return Long.parseLong(process.getFileName().toString());
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// No such directory, or processes that come and go
		}
		return -1;
	}

	private boolean wake(Path process) {
		try (DirectoryStream<Path> links = Files.newDirectoryStream(process.resolve("fd"))) {
			for (Path link : links) {
				if (Files.readSymbolicLink(link).toString().equals(this.identity)) {
					write(link);
					return true;
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			// Not ours to look at, or gone
		}
		return false;
	}

	private static void write(Path link) throws IOException {
		try (FileChannel channel = FileChannel.open(link, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[] { '\n' }));
		}
	}

}
