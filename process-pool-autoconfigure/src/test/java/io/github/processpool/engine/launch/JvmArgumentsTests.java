package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link JvmArguments}.
 */
class JvmArgumentsTests {

	private static final JavaInstallation JAVA_17 = new JavaInstallation(Path.of("/jdk"), Path.of("/java"), 17, true);

	@Test
	void ofShouldPutInheritedThenDefaultsThenThePools() throws IOException {
		ChildJvm.Spec spec = spec(5005, Map.of("a.b", "c d"), "-Xss512k", "-Da.b=e");
		assertThat(JvmArguments.of(spec, JAVA_17, List.of("--enable-preview"), "/p/w1.hs_err.log")).containsExactly(
				"-Djava.awt.headless=true", "--enable-preview", "-XX:+UseSerialGC", "-XX:+UseCountedLoopSafepoints",
				"-XX:LoopStripMiningIter=1000", "-XX:Tier4InvocationThreshold=20000",
				"-XX:Tier4MinInvocationThreshold=2400", "-XX:Tier4CompileThreshold=60000",
				"-XX:Tier4BackEdgeThreshold=160000", "-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash",
				"-XX:ErrorFile=/p/w1.hs_err.log", "-Xmx67108864", "-Dsun.stdout.encoding=UTF-8",
				"-Dsun.stderr.encoding=UTF-8", "-Dspring.aot.enabled=false", "-Dspring.devtools.restart.enabled=false",
				"-Da.b=c d", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5005", "-Xss512k",
				"-Da.b=e");
	}

	@ParameterizedTest
	@CsvSource({ "-XX:+UseG1GC,-XX:+UseSerialGC", "-XX:+UseZGC,-XX:+UseSerialGC", "-XX:+UseParallelGC,-XX:+UseSerialGC",
			"-XX:+UseShenandoahGC,-XX:+UseSerialGC", "-XX:+UseEpsilonGC,-XX:+UseSerialGC",
			"-XX:-UseSerialGC,-XX:+UseSerialGC", "-Xmx1g,-Xmx67108864", "-XX:MaxHeapSize=1g,-Xmx67108864",
			"-XX:MaxRAMPercentage=10,-Xmx67108864", "-XX:-UseCountedLoopSafepoints,-XX:+UseCountedLoopSafepoints",
			"-XX:-UseCountedLoopSafepoints,-XX:LoopStripMiningIter=1000",
			"-XX:LoopStripMiningIter=10,-XX:LoopStripMiningIter=1000",
			"-XX:Tier4InvocationThreshold=5000,-XX:Tier4InvocationThreshold=20000",
			"-XX:-ExitOnOutOfMemoryError,-XX:+ExitOnOutOfMemoryError",
			"-XX:+CreateCoredumpOnCrash,-XX:-CreateCoredumpOnCrash",
			"-Dspring.aot.enabled=true,-Dspring.aot.enabled=false",
			"-XX:ErrorFile=/e.log,-XX:ErrorFile=/p/w1.hs_err.log" })
	void ofWhenPoolContradictsDefaultShouldDropIt(String argument, String dropped) throws IOException {
		assertThat(JvmArguments.of(spec(0, Map.of()), JAVA_17, List.of(), "/p/w1.hs_err.log")).contains(dropped);
		assertThat(JvmArguments.of(spec(0, Map.of(), argument), JAVA_17, List.of(), "/p/w1.hs_err.log"))
			.contains(argument)
			.doesNotContain(dropped);
	}

	@Test
	void ofWhenPoolTunesCollectorShouldKeepDefault() throws IOException {
		assertThat(
				JvmArguments.of(spec(0, Map.of(), "-XX:+UseStringDeduplication", "-Xmn8m"), JAVA_17, List.of(), "/e"))
			.contains("-XX:+UseSerialGC", "-Xmx67108864");
	}

	@Test
	void ofWhenOtherVirtualMachineShouldOmitOptionsOfC2() throws IOException {
		assertThat(JvmArguments.of(spec(0, Map.of()),
				new JavaInstallation(Path.of("/jdk"), Path.of("/java"), 25, false), List.of(), "/e"))
			.doesNotContain("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000",
					"-XX:Tier4InvocationThreshold=20000")
			.contains("-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8");
	}

	@Test
	void ofWhenJavaWarnsOfUnsafeShouldSilenceIt() throws IOException {
		JavaInstallation java25 = new JavaInstallation(Path.of("/jdk"), Path.of("/java"), 25, true);
		assertThat(JvmArguments.of(spec(0, Map.of()), java25, List.of(), "/e"))
			.contains("--sun-misc-unsafe-memory-access=allow");
		assertThat(JvmArguments.of(spec(0, Map.of(), "--sun-misc-unsafe-memory-access=deny"), java25, List.of(), "/e"))
			.contains("--sun-misc-unsafe-memory-access=deny")
			.doesNotContain("--sun-misc-unsafe-memory-access=allow");
		assertThat(JvmArguments.of(spec(0, Map.of()), JAVA_17, List.of(), "/e"))
			.doesNotContain("--sun-misc-unsafe-memory-access=allow");
	}

	@Test
	void errorFileShouldBeTheLast() {
		assertThat(JvmArguments.errorFile(List.of("-XX:ErrorFile=/a", "-Xmx1g", "-XX:ErrorFile=/b%p.log")))
			.isEqualTo("/b%p.log");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-cp", "-jar", "--class-path=/x", "-version", "--module-path=/x", "@options", "Main",
			"-Xmx1g -XX:+UseG1GC", "-Xss1m -Xint", "--add-opens java.base/java.lang=ALL-UNNAMED", "" })
	void ofWhenNotAnOptionShouldNameItAndTheProperty(String argument) {
		assertThatIOException()
			.isThrownBy(() -> JvmArguments.of(spec(0, Map.of(), "-Xmx1g", argument), JAVA_17, List.of(), "/e"))
			.withMessageStartingWith(
					"'" + argument + "', element 1 of 'worker.jvm-args', " + "cannot be an option of workers: ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"@opts | files of options are not expanded for workers | Put the options that are in the file in its place",
			"-Xss1m -Xint | it holds more than one option or value | Make each an element of its own",
			"-jar | the class path and the main class of workers are the application's | Remove it" })
	void problemShouldSayWhatToDo(String argument, String reason, String remedy) {
		assertThat(JvmArguments.problem(List.of("-Xmx1g", argument)))
			.contains(new JvmArguments.Problem(1, argument, reason, remedy));
		assertThat(JvmArguments.problem(List.of("-Xmx1g"))).isEmpty();
	}

	@Test
	void ofWhenValueStandsApartShouldAcceptIt() throws IOException {
		assertThat(JvmArguments.of(spec(0, Map.of(), "--add-opens", "java.base/java.lang=ALL-UNNAMED", "-Dx=a -Xb"),
				JAVA_17, List.of(), "/e"))
			.endsWith("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-Dx=a -Xb");
	}

	@Test
	void ofWhenPropertyNameIsImpossibleShouldFail() {
		assertThatIOException().isThrownBy(() -> JvmArguments.of(spec(0, Map.of("a=b", "c")), JAVA_17, List.of(), "/e"))
			.withMessage("'a=b' cannot be the name of a system property of a worker. Rename it");
	}

	private static ChildJvm.Spec spec(int debugPort, Map<String, String> properties, String... jvmArgs) {
		return new ChildJvm.Spec("x.Main", List.of(), JvmArgumentsTests.class.getClassLoader(), null, 64L * 1024 * 1024,
				List.of(jvmArgs), debugPort, properties, null, Map.of(), true, List.of(), WarmStart.NONE, Path.of("/p"),
				"w1");
	}

}
