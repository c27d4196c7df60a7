package io.github.processpool.engine.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildJvm} that really start a JVM.
 */
@DisabledOnOs(OS.WINDOWS)
class ChildJvmIntegrationTests {

	private static final String NASTY = DirectoryNames.nasty("d ü#'\"x%20+$HOME\\b *");

	@TempDir
	Path directory;

	@Test
	void startWhenNamesAreNastyShouldPassThemOn() throws Exception {
		Path home = Files.createDirectories(this.directory.resolve(NASTY));
		Path classes = copyChild(home.resolve("classes"));
		String[] args = { "", "a b", "a\\b", "q\"q", "it's", "#x", "two\nlines", "\t", "@foo",
				DirectoryNames.nasty("ü日本"), "-version" };
		Result result;
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() })) {
			ChildJvm.Spec spec = new ChildJvm.Spec(ChildMain.class.getName(), List.of(args), loader, null,
					32L * 1024 * 1024, List.of(), 0, Map.of("nasty", NASTY), home, Map.of("NASTY", NASTY), false,
					List.of("env", "THROUGH_PREFIX=yes"), WarmStart.NONE, home, "w1");
			result = run(spec, ParentJvms.withClassPath("/no/such.jar"));
		}
		assertThat(result.output()).contains("spoken ü", "property " + ChildMain.encode(NASTY),
				"directory " + ChildMain.encode(home.toRealPath().toString()),
				"classPath " + ChildMain.encode(classes + ":/no/such.jar"), "env NASTY=" + ChildMain.encode(NASTY),
				"env THROUGH_PREFIX=" + ChildMain.encode("yes"));
		assertThat(result.output().stream().filter((line) -> line.startsWith("arg ")))
			.containsExactlyElementsOf(Arrays.stream(args).map((arg) -> "arg " + ChildMain.encode(arg)).toList());
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void startShouldLimitTheHeapAndPrintNoWarning() throws Exception {
		Result result = run(spec(List.of()), ParentJvm.current());
		assertThat(result.output()).noneMatch((line) -> line.contains("arning"));
		String heap = result.output().stream().filter((line) -> line.startsWith("heap ")).findFirst().orElseThrow();
		assertThat(Long.parseLong(heap.substring("heap ".length()))).isBetween(24L * 1024 * 1024, 32L * 1024 * 1024);
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void startWhenPoolContradictsShouldPrintNoWarning() throws Exception {
		Result result = run(
				new ChildJvm.Spec(ChildMain.class.getName(), List.of(), getClass().getClassLoader(), null,
						32L * 1024 * 1024, List.of("-XX:+UseParallelGC", "-XX:-UseCountedLoopSafepoints", "-Xmx40m"), 0,
						Map.of(), null, Map.of(), true, List.of(), WarmStart.NONE, this.directory, "w1"),
				ParentJvm.current());
		assertThat(result.output()).contains("spoken ü").noneMatch((line) -> line.contains("arning"));
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void startWhenNativeCrashShouldDescribeItInTheErrorFile() throws Exception {
		ChildJvm.Spec spec = spec(List.of("crash"));
		ChildJvm.Prepared prepared = ChildJvm.prepare(spec);
		Result result = start(prepared);
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(prepared.errorLog().file(1)).content(StandardCharsets.ISO_8859_1).contains("SIGSEGV");
		assertThat(this.directory).isDirectoryContaining((file) -> file.equals(prepared.errorLog().file(1)))
			.isDirectoryNotContaining((file) -> file.getFileName().toString().startsWith("core"));
	}

	private ChildJvm.Spec spec(List<String> arguments) {
		return new ChildJvm.Spec(ChildMain.class.getName(), arguments, getClass().getClassLoader(), null,
				32L * 1024 * 1024, List.of(), 0, Map.of(), null, Map.of(), true, List.of(), WarmStart.NONE,
				this.directory, "w1");
	}

	private static Path copyChild(Path classes) throws IOException {
		String name = ChildMain.class.getName().replace('.', '/') + ".class";
		Path file = classes.resolve(name);
		Files.createDirectories(Objects.requireNonNull(file.getParent()));
		try (InputStream in = Objects.requireNonNull(ChildMain.class.getClassLoader().getResourceAsStream(name))) {
			Files.copy(in, file);
		}
		return classes;
	}

	private static Result run(ChildJvm.Spec spec, ParentJvm parent) throws Exception {
		return start(ChildJvm.prepare(spec, parent));
	}

	private static Result start(ChildJvm.Prepared prepared) throws Exception {
		Path output = prepared.argFile().resolveSibling("output");
		Process process = prepared.builder().redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return new Result(process.exitValue(), Files.readAllLines(output));
	}

	private record Result(int exitCode, List<String> output) {
	}

}
