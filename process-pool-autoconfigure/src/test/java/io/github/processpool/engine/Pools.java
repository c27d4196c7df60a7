package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.protocol.SettingNames;

/**
 * Small pools for tests.
 */
public final class Pools {

	private Pools() {
	}

	/** Two small workers without a context. */
	public static ProcessPool.Builder small() {
		return ProcessPool.builder()
			.name("test")
			.maxSize(2)
			.maxHeap(48 * 1024 * 1024)
			.jvmArgs("-XX:TieredStopAtLevel=1", "-Xshare:auto")
			.allow("io.github.processpool.**")
			.shutdownTimeout(Duration.ofSeconds(5))
			.cancelGrace(Duration.ofMillis(300));
	}

	/** One small worker, run by the Java of that directory. */
	static ManagedPool withJava(Path javaHome, Duration startupTimeout, PoolListener listener) {
		return one(WorkerConfig.builder().javaHome(javaHome), startupTimeout, listener);
	}

	/** One small worker, launched by a command. */
	static ManagedPool behind(List<String> commandPrefix) {
		return one(WorkerConfig.builder().commandPrefix(commandPrefix), Duration.ofSeconds(20), new PoolListener() {
		});
	}

	private static ManagedPool one(WorkerConfigBuilder settings, Duration startupTimeout, PoolListener listener) {
		WorkerConfig worker = settings.maxHeap(48 * 1024 * 1024)
			.jvmArgs(List.of("-XX:TieredStopAtLevel=1"))
			.warmStart(false)
			.build();
		PoolConfig config = PoolConfig.builder("test", SettingNames.ofPool("default"))
			.maxSize(1)
			.startupTimeout(startupTimeout)
			.shutdownTimeout(Duration.ofSeconds(5))
			.cancelGrace(Duration.ofMillis(300))
			.allow(List.of("io.github.processpool.**"))
			.worker(worker)
			.build();
		return new DefaultProcessPool(config, listener);
	}

	/** One small worker, run by the Java of that directory. */
	static ManagedPool withJava(Path javaHome) {
		return withJava(javaHome, Duration.ofSeconds(20), new PoolListener() {
		});
	}

	/**
	 * A Java that is a shell script.
	 * @param script its lines; {@code $JAVA} is the real command, {@code "$@"} what it is
	 * called with
	 */
	static Path fakeJava(Path home, String... script) throws IOException {
		Path command = Files.createDirectories(home.resolve("bin")).resolve("java");
		String real = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Files.writeString(command, "#!/bin/sh\nJAVA='" + real + "'\n" + String.join("\n", script) + "\n");
		Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
		return home;
	}

}
