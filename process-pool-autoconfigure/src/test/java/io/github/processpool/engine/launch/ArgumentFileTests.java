package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ArgumentFile}.
 */
class ArgumentFileTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "a b,\"a b\"", "a\"b,\"a\\\"b\"", "C:\\x,\"C:\\\\x\"", "#a,\"#a\"", "it's,\"it's\"", "``,\"\"" })
	void quoteShouldKeepEveryCharacter(String argument, String expected) {
		assertThat(ArgumentFile.quote(argument)).isEqualTo(expected);
	}

	@Test
	void quoteWhenLineBreakShouldStayOnOneLine() {
		assertThat(ArgumentFile.quote("a\nb\rc\td\fe")).isEqualTo("\"a\\nb\\rc\\td\\fe\"");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void writeShouldLetOnlyTheOwnerRead() throws Exception {
		Path file = this.directory.resolve("w1.args");
		Files.writeString(file, "old and longer than what replaces it, readable by all");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
		ArgumentFile.write(file, List.of("a", "ü"), "UTF-8");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(file).content(StandardCharsets.UTF_8).isEqualTo("\"a\"\n\"ü\"\n");
	}

	@Test
	void writeShouldUseTheEncodingOfTheJavaCommand() throws Exception {
		Path file = this.directory.resolve("w1.args");
		ArgumentFile.write(file, List.of("ü"), "ISO-8859-1");
		assertThat(file).content(StandardCharsets.ISO_8859_1).isEqualTo("\"ü\"\n");
	}

	@Test
	void writeWhenOptionCannotBeEncodedShouldNameItWithoutItsValue() {
		assertThatIOException().isThrownBy(() -> write("-Dsecret.word=geheimnisvoll-ü"))
			.withMessage("'-Dsecret.word' cannot be given to a worker: the locale of this process (US-ASCII) cannot"
					+ " express all of its characters. Start the application with LC_ALL=C.UTF-8");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void writeWhenClassPathCannotBeEncodedShouldNameTheEntry() {
		assertThatIOException().isThrownBy(() -> write("/lib/a.jar:/lib/ü.jar:/lib/b.jar"))
			.withMessageStartingWith("'/lib/ü.jar' cannot be given to a worker");
	}

	@Test
	void writeWhenArgumentContainsNulShouldFail() {
		assertThatIOException().isThrownBy(() -> write("-Dx=a\0b"))
			.withMessage("'-Dx' cannot be given to a worker: it contains the character NUL. Remove it");
	}

	private void write(String argument) throws IOException {
		ArgumentFile.write(this.directory.resolve("w1.args"), List.of("-Da=b", argument), "ANSI_X3.4-1968");
	}

}
