package io.github.processpool.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Tells what to do when the machine has not got what a worker takes. The JDK passes on
 * what the operating system said, which is all that there is to go by.
 */
final class MachineFaults {

	private static final List<String> NO_PROCESS = List.of("error=11,", "Resource temporarily unavailable", "EAGAIN",
			"unable to create native thread");

	private static final List<String> NO_MEMORY = List.of("error=12,", "Cannot allocate memory",
			"insufficient memory for the Java Runtime");

	private static final List<String> NO_ROOM = List.of("No space left", "quota exceeded", "File too large",
			"not enough space on the disk");

	private MachineFaults() {
	}

	/**
	 * What to do about a failure that has nothing to do with files.
	 */
	static String remedy(Throwable cause, SettingNames settings) {
		return remedy(cause, List.of(), null, settings);
	}

	/**
	 * What to do about a failure.
	 * @param cause why there is no worker
	 * @param output what the worker printed
	 * @param directory where the pool writes its files, or {@code null} if it was not
	 * about to write
	 * @param settings how the user calls the settings of the pool
	 * @return sentences to be appended, or an empty text if the failure is not known
	 */
	static String remedy(Throwable cause, List<String> output, @Nullable Path directory, SettingNames settings) {
		List<String> said = Stream.concat(output.stream(), Stream.of(String.valueOf(cause.getMessage()))).toList();
		if (directory != null && contains(said, NO_ROOM)) {
			return ". Make room in '" + directory + "', or choose another directory with -Djava.io.tmpdir";
		}
		if (contains(said, NO_PROCESS)) {
			return ". There are no more processes or threads for this user or container: raise the limit"
					+ " (ulimit -u, pids.max), or lower " + settings.of("max-size");
		}
		if (contains(said, NO_MEMORY)) {
			return ". There is no memory for another process: lower " + settings.of("max-size") + " or "
					+ settings.of("worker.max-heap");
		}
		return "";
	}

	private static boolean contains(List<String> lines, List<String> texts) {
		return lines.stream().anyMatch((line) -> texts.stream().anyMatch(line::contains));
	}

}
