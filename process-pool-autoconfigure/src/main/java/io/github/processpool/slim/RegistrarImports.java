package io.github.processpool.slim;

import java.util.Set;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * What a configuration class has registered by code, whose bean definitions do not tell
 * where they come from.
 */
enum RegistrarImports {

	/** Nothing. */
	NONE,

	/** Repositories of Spring Data. */
	REPOSITORIES,

	/** Anything. */
	UNKNOWN;

	/** Register what annotations tell, and select classes that know who imports them. */
	private static final Set<String> HARMLESS = Set.of(
			"org.springframework.boot.context.properties.EnableConfigurationPropertiesRegistrar",
			"org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration$CacheConfigurationImportSelector",
			"org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextConfigurationImportSelector");

	private static final String REPOSITORIES_REGISTRAR = "org.springframework.data.repository.config."
			+ "RepositoryBeanDefinitionRegistrarSupport";

	private static final String BOOT_REPOSITORIES_REGISTRAR = "org.springframework.boot.autoconfigure.data."
			+ "AbstractRepositoryConfigurationSourceSupport";

	private static final String BOOT_REPOSITORIES_SELECTORS = "org.springframework.boot.data.jpa.autoconfigure.";

	static RegistrarImports of(Class<?> configuration) {
		RegistrarImports found = NONE;
		for (String name : (Iterable<String>) MergedAnnotations.from(configuration)
			.stream(Import.class)
			.flatMap((annotation) -> Set.of(annotation.getStringArray("value")).stream())::iterator) {
			RegistrarImports kind = kind(name, configuration.getClassLoader());
			found = (kind.compareTo(found) > 0) ? kind : found;
		}
		return found;
	}

	static Set<String> harmless() {
		return HARMLESS;
	}

	private static RegistrarImports kind(String name, ClassLoader loader) {
		if (HARMLESS.contains(name)) {
			return NONE;
		}
		Class<?> type;
		try {
			type = Class.forName(name, false, loader);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return UNKNOWN;
		}
		if (isA(type, REPOSITORIES_REGISTRAR) || isA(type, BOOT_REPOSITORIES_REGISTRAR)
				|| name.startsWith(BOOT_REPOSITORIES_SELECTORS)) {
			return REPOSITORIES;
		}
		boolean opaque = ImportBeanDefinitionRegistrar.class.isAssignableFrom(type)
				|| BeanRegistrar.class.isAssignableFrom(type) || ImportSelector.class.isAssignableFrom(type);
		return opaque ? UNKNOWN : NONE;
	}

	private static boolean isA(Class<?> type, String name) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (current.getName().equals(name)) {
				return true;
			}
		}
		return false;
	}

}
