package io.github.processpool.engine.launch;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where the JVM of a worker describes its crash.
 *
 * @param pattern value of the JVM's option, in which {@code %p} stands for the process id
 * and {@code %%} for a single one
 * @param workingDirectory what a relative name is relative to, or {@code null} for the
 * working directory of this JVM
 * @param ours whether it is a file of the pool, to be deleted when it has been read, and
 * not one that the application asked for
 * @since 0.1.0
 */
public record ErrorLog(String pattern, @Nullable Path workingDirectory, boolean ours) {

	/**
	 * The file of one process.
	 * @param pid its process id
	 * @return the file, which need not exist
	 */
	public Path file(long pid) {
		StringBuilder name = new StringBuilder();
		for (int i = 0; i < this.pattern.length(); i++) {
			char c = this.pattern.charAt(i);
			char next = (c == '%' && i + 1 < this.pattern.length()) ? this.pattern.charAt(i + 1) : 0;
			if (next == 'p') {
				name.append(pid);
			}
			else {
				name.append(c);
			}
			if (next == 'p' || next == '%') {
				i++;
			}
		}
		Path file = Path.of(name.toString());
		return (this.workingDirectory != null) ? this.workingDirectory.resolve(file) : file;
	}

}
