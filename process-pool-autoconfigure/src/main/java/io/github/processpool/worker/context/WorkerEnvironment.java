package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.processpool.worker.context.SentPropertySource.Position;

import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Puts the property sources of the parent where they stood there.
 */
final class WorkerEnvironment {

	/** Keeps names of ours apart from those that the worker makes itself. */
	private static final String PREFIX = "processPoolParent: ";

	private final ContextSettings settings;

	WorkerEnvironment(ContextSettings settings) {
		this.settings = settings;
	}

	/**
	 * Adds all property sources to an environment without configuration files.
	 * @param environment a new environment
	 */
	void addTo(ConfigurableEnvironment environment) {
		addBeforeConfigurationFiles(environment);
		addAfterConfigurationFiles(environment);
	}

	/**
	 * Adds what must be there when configuration files are looked for.
	 * @param environment an environment without configuration files
	 */
	void addBeforeConfigurationFiles(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		List<SentPropertySource> first = at(Position.BEFORE_SYSTEM_PROPERTIES);
		for (int i = first.size() - 1; i >= 0; i--) {
			sources.addFirst(toPropertySource(first.get(i)));
		}
		String anchor = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		for (SentPropertySource sent : at(Position.BEFORE_CONFIGURATION_FILES)) {
			MapPropertySource source = toPropertySource(sent);
			if (sources.contains(anchor)) {
				sources.addAfter(anchor, source);
			}
			else {
				sources.addLast(source);
			}
			anchor = source.getName();
		}
		for (SentPropertySource sent : at(Position.DEFAULTS)) {
			DefaultPropertiesPropertySource.addOrMerge(sent.properties(), sources);
		}
		if (!this.settings.activeProfiles().isEmpty()) {
			String profiles = StringUtils.collectionToCommaDelimitedString(this.settings.activeProfiles());
			sources.addFirst(new MapPropertySource(PREFIX + "profiles", Map.of("spring.profiles.active", profiles)));
		}
	}

	/**
	 * Adds what configuration files override.
	 * @param environment an environment with configuration files
	 */
	void addAfterConfigurationFiles(ConfigurableEnvironment environment) {
		for (SentPropertySource sent : at(Position.AFTER_CONFIGURATION_FILES)) {
			environment.getPropertySources().addLast(toPropertySource(sent));
		}
		DefaultPropertiesPropertySource.moveToEnd(environment);
	}

	private List<SentPropertySource> at(Position position) {
		List<SentPropertySource> sources = new ArrayList<>();
		for (SentPropertySource source : this.settings.propertySources()) {
			if (source.position() == position) {
				sources.add(source);
			}
		}
		return sources;
	}

	private static MapPropertySource toPropertySource(SentPropertySource sent) {
		return new MapPropertySource(PREFIX + sent.name(), sent.properties());
	}

}
