package io.github.processpool.worker.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps Logback from reading its configuration files in a worker that sends its events to
 * the parent: they would open the parent's log files. Found as a service by Logback; does
 * nothing anywhere else.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class WorkerConfigurator extends ContextAwareBase implements Configurator {

	static volatile boolean bridged;

	@Override
	public ExecutionStatus configure(LoggerContext context) {
		return bridged ? ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY : ExecutionStatus.INVOKE_NEXT_IF_ANY;
	}

}
