package io.github.processpool.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.InitializingBean;

/**
 * Tells somebody with a debugger in hand why breakpoints in deferred methods are not hit.
 */
final class DebuggerNotice implements InitializingBean {

	private static final Logger logger = LoggerFactory.getLogger(DebuggerNotice.class);

	private final ProcessPoolProperties properties;

	private final List<String> jvmArguments;

	DebuggerNotice(ProcessPoolProperties properties) {
		this(properties, ManagementFactory.getRuntimeMXBean().getInputArguments());
	}

	DebuggerNotice(ProcessPoolProperties properties, List<String> jvmArguments) {
		this.properties = properties;
		this.jvmArguments = jvmArguments;
	}

	@Override
	public void afterPropertiesSet() {
		if (isDue()) {
			logger.info("Deferred methods run in workers, JVMs of their own: set process-pool.mode=inline to run them "
					+ "in this JVM, or process-pool.worker.debug-port to attach a debugger to the first worker");
		}
	}

	boolean isDue() {
		return this.properties.getMode() == ProcessPoolProperties.Mode.PROCESS && (isDebugged() || hasDebugPort());
	}

	private boolean isDebugged() {
		return this.jvmArguments.stream()
			.anyMatch((argument) -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
	}

	private boolean hasDebugPort() {
		Integer port = this.properties.getWorker().getDebugPort();
		return (port != null && port > 0) || this.properties.getPools().values().stream().anyMatch((pool) -> {
			Integer own = pool.getWorker().getDebugPort();
			return own != null && own > 0;
		});
	}

}
