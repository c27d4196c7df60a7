package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ProcessPools;
import io.github.processpool.metrics.DefaultProcessPoolMeterConvention;
import io.github.processpool.metrics.ProcessPoolMeterBinder;
import io.github.processpool.metrics.ProcessPoolMeterConvention;
import io.github.processpool.metrics.TaskMeters;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of the process pools.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ProcessPoolAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ ProcessPools.class, MeterRegistry.class })
@ConditionalOnParentProcess
public final class ProcessPoolMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProcessPoolMeterConvention processPoolMeterConvention() {
		return new DefaultProcessPoolMeterConvention();
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessPoolMeterBinder processPoolMeterBinder(ProcessPools pools, ProcessPoolMeterConvention convention) {
		return new ProcessPoolMeterBinder(pools, convention);
	}

	@Bean
	@ConditionalOnMissingBean
	TaskMeters processPoolTaskMeters(MeterRegistry registry, ProcessPoolMeterConvention convention) {
		return new TaskMeters(registry, convention);
	}

}
