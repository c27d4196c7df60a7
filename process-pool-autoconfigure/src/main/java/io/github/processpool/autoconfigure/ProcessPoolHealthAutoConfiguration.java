package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ProcessPools;
import io.github.processpool.health.ProcessPoolHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the process pools.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ProcessPoolAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(ProcessPools.class)
@ConditionalOnEnabledHealthIndicator("processpool")
@ConditionalOnParentProcess
public final class ProcessPoolHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "processPoolHealthIndicator")
	ProcessPoolHealthIndicator processPoolHealthIndicator(ProcessPools pools) {
		return new ProcessPoolHealthIndicator(pools);
	}

}
