package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ProcessPools;
import io.github.processpool.event.PoolEventPublisher;
import io.github.processpool.jfr.JfrPoolListener;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of what tells of the pools: events of the context and of the flight
 * recorder.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ProcessPoolAutoConfiguration.class)
@ConditionalOnBean(ProcessPools.class)
@ConditionalOnParentProcess
public final class ProcessPoolEventAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PoolEventPublisher processPoolEventPublisher(ApplicationEventPublisher publisher) {
		return new PoolEventPublisher(publisher, ProcessPoolLifecycle.PHASE - 1);
	}

	/**
	 * What a JVM without the flight recorder does not have.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "jdk.jfr.Event")
	static class FlightRecorderConfiguration {

		@Bean
		@ConditionalOnMissingBean
		JfrPoolListener processPoolJfrListener() {
			return new JfrPoolListener();
		}

	}

}
