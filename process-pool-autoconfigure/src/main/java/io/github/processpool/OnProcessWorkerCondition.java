package io.github.processpool;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches in workers.
 */
final class OnProcessWorkerCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return new ConditionOutcome(ProcessWorker.isActive(),
				ConditionMessage.forCondition(ConditionalOnProcessWorker.class)
					.because(ProcessWorker.isActive() ? "this is a worker" : "this is no worker"));
	}

}
