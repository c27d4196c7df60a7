package io.github.processpool.engine.launch;

import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/**
 * Tells workers that channels are the platform's own, as they are here. To find that out
 * they would look into every jar of their class path before they dial.
 */
final class ChannelProvider {

	private static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";

	private ChannelProvider() {
	}

	/**
	 * What to tell a worker.
	 * @param java what runs it
	 * @param parent this JVM
	 * @return an option, or none if the worker has another Java or this JVM a provider of
	 * its own
	 */
	static List<String> options(JavaInstallation java, ParentJvm parent) {
		Class<?> provider = SelectorProvider.provider().getClass();
		boolean same = java.home().equals(parent.javaHome()) && provider.getModule() == Object.class.getModule();
		return same ? List.of("-D" + PROPERTY + "=" + provider.getName()) : List.of();
	}

}
