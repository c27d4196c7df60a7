package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link JavaInstallation}.
 */
@DisabledOnOs(OS.WINDOWS)
class JavaInstallationTests {

	private final ParentJvm parent = ParentJvms.withArguments();

	@TempDir
	Path home;

	@Test
	void ofWhenNotSetShouldBeThisJava() throws IOException {
		JavaInstallation java = JavaInstallation.of(null, this.parent);
		assertThat(java.executable()).isEqualTo(this.parent.javaHome().resolve("bin/java")).isExecutable();
		assertThat(java.feature()).isEqualTo(Runtime.version().feature());
	}

	@ParameterizedTest
	@CsvSource({ "17.0.15,17", "21,21", "25.0.3,25", "26-ea,26" })
	void ofShouldReadTheVersion(String version, int feature) throws IOException {
		install("JAVA_VERSION=\"" + version + "\"\nIMPLEMENTOR=\"x\"\n");
		assertThat(JavaInstallation.of(this.home, this.parent).feature()).isEqualTo(feature);
	}

	@ParameterizedTest
	@CsvSource({ "11.0.2,11", "1.8.0_392,8" })
	void ofWhenTooOldShouldNameTheProperty(String version, int feature) throws IOException {
		install("JAVA_VERSION=\"" + version + "\"\n");
		assertThatIOException().isThrownBy(() -> JavaInstallation.of(this.home, this.parent))
			.withMessage("Java " + feature + " in '" + this.home
					+ "' is too old for workers, they need Java 17 or later." + " Correct 'worker.java-home'");
	}

	@Test
	void ofWhenVersionIsUnknownShouldAssumeThisOne() throws IOException {
		install("JAVA_VERSION=\"\"\n");
		assertThat(JavaInstallation.of(this.home, this.parent).feature()).isEqualTo(this.parent.feature());
	}

	@Test
	void ofWhenMissingShouldNameTheProperty() {
		assertThatIOException().isThrownBy(() -> JavaInstallation.of(this.home, this.parent))
			.withMessage("There is no Java in '" + this.home + "': " + this.home
					+ "/bin/java is missing or not executable. Correct 'worker.java-home'");
	}

	private void install(String release) throws IOException {
		Path java = Files.createDirectories(this.home.resolve("bin")).resolve("java");
		Files.createFile(java);
		assertThat(java.toFile().setExecutable(true)).isTrue();
		Files.writeString(this.home.resolve("release"), release);
	}

}
