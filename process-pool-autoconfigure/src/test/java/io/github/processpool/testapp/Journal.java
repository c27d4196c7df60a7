package io.github.processpool.testapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The file in which parts of the application note that they acted.
 */
@Component
public class Journal {

	private final Path file;

	Journal(@Value("${testapp.journal}") Path file) {
		this.file = file;
	}

	/**
	 * Appends a line.
	 * @param what what acted
	 */
	public void note(String what) {
		try {
			String line = what + " " + ProcessHandle.current().pid() + "\n";
			Files.writeString(this.file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
