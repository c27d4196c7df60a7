package io.github.processpool.autoconfigure;

import java.util.Map;
import java.util.regex.Pattern;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each of {@code process-pool.pools}, unless the application has one
 * of that name.
 */
final class NamedPoolRegistrar implements ImportBeanDefinitionRegistrar {

	static final String FACTORY_BEAN = "processPoolFactory";

	private static final String PROPERTY = ProcessPoolProperties.PREFIX + ".pools";

	/** Names of pools become parts of names of beans, threads and meters. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

	private final Environment environment;

	NamedPoolRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		Map<String, Object> pools = Binder.get(this.environment)
			.bind(PROPERTY, Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of());
		pools.forEach((name, settings) -> {
			check(name, settings);
			String beanName = BeanProcessPools.beanName(name);
			if (!registry.containsBeanDefinition(beanName)) {
				registry.registerBeanDefinition(beanName, definition(name));
			}
		});
	}

	private static void check(String name, Object settings) {
		if (name.equals(ProcessPools.DEFAULT)) {
			throw new InvalidPoolPropertyException(PROPERTY + "." + name, settings,
					"The default pool is described by '" + ProcessPoolProperties.PREFIX + ".*' itself.",
					"Write '" + ProcessPoolProperties.PREFIX + ".*' in place of '" + PROPERTY + "." + name + ".*'.");
		}
		if (!NAME.matcher(name).matches()) {
			throw new InvalidPoolPropertyException(PROPERTY + "[" + name + "]", settings,
					"'" + name + "' cannot be the name of a pool.",
					"Choose a name of up to 64 letters, digits, '-' and '_', the first a letter or digit.");
		}
	}

	private static RootBeanDefinition definition(String name) {
		RootBeanDefinition definition = new RootBeanDefinition(ProcessPool.class);
		definition.setFactoryBeanName(FACTORY_BEAN);
		definition.setFactoryMethodName("create");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		definition.setDestroyMethodName("close");
		return definition;
	}

}
