package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Decides which auto-configurations workers must have.
 */
final class KeptAutoConfigurations {

	private static final String REPOSITORY_FACTORY = "org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport";

	/** What they have is looked up by name, there before any bean, or in workers only. */
	private static final List<String> ALWAYS = List.of("org.springframework.boot.autoconfigure.context.",
			"org.springframework.boot.autoconfigure.aop.", "io.github.processpool.autoconfigure.ProcessPoolAuto",
			"io.github.processpool.autoconfigure.ProcessPoolSpan");

	private final ContextBeans beans;

	private final BeanOrigins origins;

	private final NeededBeans needed;

	/** Auto-configurations by the classes of properties that each registers. */
	private final Map<String, List<String>> owners = new HashMap<>();

	/** Auto-configurations for the sake of their classes of properties. */
	private final Map<String, String> forProperties = new HashMap<>();

	KeptAutoConfigurations(ContextBeans beans, BeanOrigins origins, NeededBeans needed) {
		this.beans = beans;
		this.origins = origins;
		this.needed = needed;
		addOwnersOfProperties();
	}

	/**
	 * Why an auto-configuration has to stay.
	 * @param autoConfiguration its name
	 * @return the reason, or {@code null} if it can be left out
	 */
	@Nullable String reason(String autoConfiguration) {
		String reason = ownReason(autoConfiguration);
		return (reason != null) ? reason : this.forProperties.get(autoConfiguration);
	}

	private @Nullable String ownReason(String autoConfiguration) {
		if (ALWAYS.stream().anyMatch(autoConfiguration::startsWith)) {
			return "it always does";
		}
		List<String> present = present(autoConfiguration);
		for (String bean : present) {
			if (this.needed.contains(bean)) {
				return this.needed.explain(bean);
			}
			if (this.beans.isUnknown(bean)) {
				return "nobody knows what bean '" + bean + "' is";
			}
		}
		for (Class<?> configuration : configurations(present)) {
			RegistrarImports imports = RegistrarImports.of(configuration);
			if (imports == RegistrarImports.UNKNOWN
					|| (imports == RegistrarImports.REPOSITORIES && this.needed.makes(REPOSITORY_FACTORY))) {
				return "what " + configuration.getName() + " registers";
			}
		}
		return null;
	}

	/** Without those that workers have not. */
	private List<String> present(String autoConfiguration) {
		return this.origins.beansOf(autoConfiguration).stream().filter(this.beans::contains).toList();
	}

	private List<Class<?>> configurations(List<String> beans) {
		Set<String> names = new HashSet<>();
		for (String bean : beans) {
			names.addAll(this.origins.trail(bean));
		}
		List<Class<?>> classes = new ArrayList<>();
		for (String name : names) {
			Class<?> type = this.beans.find(name);
			if (type != null) {
				classes.add(type);
			}
		}
		return classes;
	}

	/** Any one of the owners of a class of properties is enough. */
	private void addOwnersOfProperties() {
		Set<String> kept = new HashSet<>();
		for (String name : this.origins.all()) {
			if (ownReason(name) != null) {
				kept.add(name);
			}
			for (Class<?> configuration : configurations(present(name))) {
				MergedAnnotations.from(configuration)
					.stream(EnableConfigurationProperties.class)
					.flatMap((annotation) -> Arrays.stream(annotation.getStringArray("value")))
					.forEach((type) -> this.owners.computeIfAbsent(type, (key) -> new ArrayList<>()).add(name));
			}
		}
		this.owners.forEach((type, names) -> {
			boolean wanted = this.beans.ofType(type).stream().anyMatch(this.needed::contains);
			if (wanted && names.stream().noneMatch(kept::contains)) {
				names.forEach((name) -> this.forProperties.putIfAbsent(name, "properties " + type));
			}
		});
	}

	/**
	 * Whether a bean of properties comes from what is left out only.
	 * @param bean name of the bean
	 * @param leftOut names of auto-configurations
	 * @return one of them, or {@code null} if it is no such bean or has another owner
	 */
	@Nullable String onlyOwner(String bean, Set<String> leftOut) {
		for (Class<?> type : this.beans.types(bean)) {
			List<String> names = this.owners.getOrDefault(type.getName(), List.of());
			if (!names.isEmpty() && leftOut.containsAll(names)) {
				return names.get(0);
			}
		}
		return null;
	}

}
