package io.github.processpool.worker.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Takes Logback over, when it is first used, in a worker that sends its events to the
 * parent, and keeps it from reading its configuration files: they would open the parent's
 * log files. Found as a service by Logback; does nothing anywhere else.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class WorkerConfigurator extends ContextAwareBase implements Configurator {

	@Override
	public ExecutionStatus configure(LoggerContext context) {
		LogbackBridge bridge = LogbackBridge.started();
		if (bridge == null) {
			return ExecutionStatus.INVOKE_NEXT_IF_ANY;
		}
		// SLF4J's has that name, one that a task makes for itself has not
		if (CoreConstants.DEFAULT_CONTEXT_NAME.equals(context.getName())) {
			bridge.takeOver(context);
		}
		return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
	}

}
