package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ContextPropagator;
import io.github.processpool.PoolListener;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.aop.DeferToProcessAdvisor;
import io.github.processpool.aop.DeferredBeanNames;
import io.github.processpool.aop.DeferredMethodValidator;
import io.github.processpool.aop.DeferredMethods;
import io.github.processpool.aop.DeferredSignatures;
import io.github.processpool.aop.UncaughtExceptions;
import io.github.processpool.engine.SpanSink;
import io.github.processpool.engine.TaskObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.scheduling.annotation.AsyncConfigurer;

/**
 * Auto-configuration of the process pools and of the advice behind
 * {@link io.github.processpool.DeferToProcess}. In a worker, the pools run what is
 * submitted to them in place.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "process-pool.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ProcessPoolProperties.class)
@Import({ AutoProxyRegistrar.class, NamedPoolRegistrar.class })
public final class ProcessPoolAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DeferredMethods deferredMethods(ConfigurableListableBeanFactory beanFactory) {
		return new DeferredMethods(beanFactory::resolveEmbeddedValue);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DeferredBeanNames deferredBeanNames(DeferredMethods methods) {
		return new DeferredBeanNames(methods);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DeferToProcessAdvisor deferToProcessAdvisor(DeferredMethods methods, DeferredBeanNames names,
			ObjectProvider<ProcessPools> pools, ObjectProvider<AsyncConfigurer> asyncConfigurers) {
		return new DeferToProcessAdvisor(methods, names, pools::getObject, new UncaughtExceptions(asyncConfigurers));
	}

	@Bean(NamedPoolRegistrar.FACTORY_BEAN)
	ProcessPoolFactory processPoolFactory(ProcessPoolProperties properties, ConfigurableApplicationContext context,
			DeferredMethods methods, ObjectProvider<PoolListener> listeners,
			ObjectProvider<ContextPropagator> propagators, ObjectProvider<TaskObserver> observers,
			ObjectProvider<SpanSink> spans) {
		return new ProcessPoolFactory(properties, context, new DeferredSignatures(context.getBeanFactory(), methods),
				new PoolListeners(() -> listeners.orderedStream().toList()), propagators, observers, spans);
	}

	@Bean(name = BeanProcessPools.DEFAULT_BEAN, destroyMethod = "close")
	@Primary
	@Qualifier(ProcessPools.DEFAULT)
	@ConditionalOnMissingBean(name = BeanProcessPools.DEFAULT_BEAN)
	ProcessPool processPool(ProcessPoolFactory factory) {
		return factory.create(ProcessPools.DEFAULT);
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessPools processPools(ConfigurableListableBeanFactory beanFactory, ProcessPoolFactory factory) {
		return new BeanProcessPools(beanFactory.getBeansOfType(ProcessPool.class), factory.names());
	}

	/**
	 * What there is in the application's own JVM only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnParentProcess
	static class ParentConfiguration {

		@Bean
		static DeferredMethodValidator deferredMethodValidator(ConfigurableListableBeanFactory beanFactory,
				DeferredMethods methods, DeferredBeanNames names, ObjectProvider<ProcessPools> pools) {
			return new DeferredMethodValidator(beanFactory, methods, names, pools::getObject);
		}

		@Bean
		ProcessPoolLifecycle processPoolLifecycle(ProcessPools pools, ProcessPoolProperties properties) {
			return new ProcessPoolLifecycle(pools, properties.getStart() == ProcessPoolProperties.Start.EAGER);
		}

		@Bean
		DebuggerNotice processPoolDebuggerNotice(ProcessPoolProperties properties) {
			return new DebuggerNotice(properties);
		}

	}

}
