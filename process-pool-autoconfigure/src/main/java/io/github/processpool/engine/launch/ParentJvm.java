package io.github.processpool.engine.launch;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a worker's launch depends on in the JVM that launches it.
 *
 * @param classPath its {@code java.class.path}, entries may be relative
 * @param modulePath its {@code jdk.module.path}, or an empty text
 * @param modular whether it was started with a main module
 * @param directory its working directory
 * @param javaHome its JDK or JRE
 * @param feature its Java version, such as 17
 * @param vmName name of its virtual machine
 * @param nativeEncoding charset in which a command line is read
 * @param inputArguments options it was started with
 * @param environment its environment variables
 */
record ParentJvm(String classPath, String modulePath, boolean modular, Path directory, Path javaHome, int feature,
		String vmName, String nativeEncoding, List<String> inputArguments, Map<String, String> environment) {

	/**
	 * This JVM.
	 * @return its facts
	 */
	static ParentJvm current() {
		return new ParentJvm(currentClassPath(), System.getProperty("jdk.module.path", ""),
				System.getProperty("jdk.module.main") != null, Path.of(Objects.requireNonNull(property("user.dir"))),
				Path.of(property("java.home")), Runtime.version().feature(), property("java.vm.name"),
				System.getProperty("sun.jnu.encoding", System.getProperty("native.encoding", "UTF-8")),
				ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv());
	}

	/**
	 * Surefire writes the class path of the tests over its own, and leaves a separator at
	 * the end, which would stand for the working directory.
	 */
	private static String currentClassPath() {
		String classPath = System.getProperty("java.class.path", "");
		boolean rewritten = System.getProperty("surefire.real.class.path") != null;
		return (rewritten && classPath.endsWith(File.pathSeparator))
				? classPath.substring(0, classPath.length() - File.pathSeparator.length()) : classPath;
	}

	private static String property(String name) {
		String value = System.getProperty(name);
		if (value == null) {
			throw new IllegalStateException("Workers cannot be launched: this JVM has no system property '" + name
					+ "'. Run the application on a JDK or JRE, not as a native image");
		}
		return value;
	}

}
