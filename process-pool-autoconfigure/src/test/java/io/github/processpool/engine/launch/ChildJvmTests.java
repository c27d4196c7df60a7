package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ChildJvm}.
 */
@DisabledOnOs(OS.WINDOWS)
class ChildJvmTests {

	@TempDir
	Path directory;

	@Test
	void prepareShouldKeepEverythingOffTheCommandLine() throws IOException {
		ChildJvm.Prepared prepared = ChildJvm.prepare(spec(null, List.of("nice", "-n", "5")),
				ParentJvms.withArguments("-Djavax.net.ssl.trustStorePassword=secret"));
		assertThat(prepared.builder().command()).containsExactly("nice", "-n", "5",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + this.directory + "/w3.args");
		assertThat(prepared.argFile()).isEqualTo(this.directory.resolve("w3.args"));
		assertThat(prepared.errorLog().file(1)).isEqualTo(this.directory.resolve("w3.hs_err.log"));
		assertThat(prepared.describe()).isEqualTo("jar /lib/a.jar");
		assertThat(Files.readAllLines(prepared.argFile())).contains("\"-Djavax.net.ssl.trustStorePassword=secret\"")
			.endsWith("\"-cp\"", "\"/lib/a.jar\"", "\"x.Main\"", "\"first\"", "\"\"");
	}

	@Test
	void prepareWhenDirectoryContainsPercentShouldEscapeIt() throws IOException {
		Path percent = Files.createDirectory(this.directory.resolve("100%p"));
		ChildJvm.Spec spec = new ChildJvm.Spec("x.Main", List.of(), getClass().getClassLoader(), null, 1000, List.of(),
				0, Map.of(), null, Map.of(), true, List.of(), WarmStart.NONE, percent, "w3");
		ChildJvm.Prepared prepared = ChildJvm.prepare(spec, ParentJvms.withArguments());
		assertThat(prepared.errorLog().file(1)).isEqualTo(percent.resolve("w3.hs_err.log"));
		assertThat(Files.readAllLines(prepared.argFile()))
			.contains("\"-XX:ErrorFile=" + this.directory + "/100%%p/w3.hs_err.log\"");
	}

	@Test
	void prepareWhenOnlyJarOpensPackagesShouldOpenThem() throws IOException {
		Path jar = this.directory.resolve("app.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang java.base/java.util");
		manifest.getMainAttributes().putValue("Enable-Native-Access", "ALL-UNNAMED");
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
		ChildJvm.Prepared prepared = ChildJvm.prepare(spec(null, List.of()), ParentJvms.withClassPath(jar.toString()));
		assertThat(Files.readAllLines(prepared.argFile())).contains("\"--add-opens=java.base/java.lang=ALL-UNNAMED\"",
				"\"--add-opens=java.base/java.util=ALL-UNNAMED\"", "\"--enable-native-access=ALL-UNNAMED\"");
	}

	@Test
	void prepareWhenWorkingDirectoryIsMissingShouldNameTheProperty() {
		Path missing = this.directory.resolve("missing");
		assertThatIOException().isThrownBy(() -> ChildJvm.prepare(spec(missing, List.of()), ParentJvms.withArguments()))
			.withMessage("The working directory '" + missing + "' of workers does not exist. Create it or correct"
					+ " 'worker.working-directory'");
	}

	@Test
	void prepareWhenPrefixIsMissingShouldNameTheProperty() {
		assertThatIOException()
			.isThrownBy(() -> ChildJvm.prepare(spec(null, List.of("nicee", "-n", "5")), ParentJvms.withArguments()))
			.withMessage("The program 'nicee' that is to start workers is not on the PATH. Install it or correct"
					+ " 'worker.command-prefix'");
		assertThatIOException()
			.isThrownBy(() -> ChildJvm.prepare(spec(null, List.of("/no/such")), ParentJvms.withArguments()))
			.withMessageStartingWith("The program '/no/such' that is to start workers is not there, or not executable");
	}

	private ChildJvm.Spec spec(@Nullable Path workingDirectory, List<String> prefix) {
		return new ChildJvm.Spec("x.Main", List.of("first", ""), getClass().getClassLoader(), null, 64L * 1024 * 1024,
				List.of(), 0, Map.of(), workingDirectory, Map.of(), true, prefix, WarmStart.NONE, this.directory, "w3");
	}

}
