package io.github.processpool.engine.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Parents as they are started in the field.
 */
final class ParentJvms {

	private ParentJvms() {
	}

	static ParentJvm withClassPath(String classPath) {
		return with(classPath, "", false, List.of());
	}

	static ParentJvm withArguments(String... arguments) {
		return with("/lib/a.jar", "", false, List.of(arguments));
	}

	static ParentJvm with(String classPath, String modulePath, boolean modular, List<String> arguments) {
		ParentJvm current = ParentJvm.current();
		return new ParentJvm(classPath, modulePath, modular, Path.of("/work dir"), current.javaHome(),
				current.feature(), current.vmName(), "UTF-8", arguments, Map.of("PATH", "/usr/bin:/bin"));
	}

}
