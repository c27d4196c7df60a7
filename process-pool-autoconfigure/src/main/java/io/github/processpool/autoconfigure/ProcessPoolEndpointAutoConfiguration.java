package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ProcessPools;
import io.github.processpool.actuate.ActivityRecorder;
import io.github.processpool.actuate.ProcessPoolEndpoint;
import io.github.processpool.actuate.ProcessPoolEndpointWebExtension;
import io.github.processpool.actuate.ProcessPoolInfoContributor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the endpoint {@code processpool} and of what the {@code info}
 * endpoint tells of the pools.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ProcessPoolAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(ProcessPools.class)
@ConditionalOnParentProcess
public final class ProcessPoolEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("processpool")
	ProcessPoolInfoContributor processPoolInfoContributor(ProcessPools pools) {
		return new ProcessPoolInfoContributor(pools);
	}

	/**
	 * What there is only if somebody can reach the endpoint.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(ProcessPoolEndpoint.class)
	@EnableConfigurationProperties(ProcessPoolEndpointProperties.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ActivityRecorder processPoolActivityRecorder() {
			return new ActivityRecorder();
		}

		@Bean
		@ConditionalOnMissingBean
		ProcessPoolEndpoint processPoolEndpoint(ProcessPools pools, ActivityRecorder recorder,
				ObjectProvider<SanitizingFunction> sanitizingFunctions, ProcessPoolEndpointProperties properties) {
			return new ProcessPoolEndpoint(pools, recorder, sanitizingFunctions.orderedStream().toList(),
					properties.getShowValues());
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnBean(ProcessPoolEndpoint.class)
		@ConditionalOnAvailableEndpoint(endpoint = ProcessPoolEndpoint.class, exposure = EndpointExposure.WEB)
		ProcessPoolEndpointWebExtension processPoolEndpointWebExtension(ProcessPoolEndpoint endpoint,
				ProcessPoolEndpointProperties properties, ObjectProvider<WebEndpointProperties> web) {
			WebEndpointProperties paths = web.getIfAvailable(WebEndpointProperties::new);
			String path = paths.getPathMapping().getOrDefault("processpool", "processpool");
			return new ProcessPoolEndpointWebExtension(endpoint, path.substring(path.lastIndexOf('/') + 1),
					properties.getShowValues(), properties.getRoles());
		}

	}

}
