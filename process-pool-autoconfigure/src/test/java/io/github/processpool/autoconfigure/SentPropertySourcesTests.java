package io.github.processpool.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.worker.context.SentPropertySource;
import io.github.processpool.worker.context.SentPropertySource.Position;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link SentPropertySources}.
 */
class SentPropertySourcesTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final MutablePropertySources sources = this.environment.getPropertySources();

	@Test
	void sourcesAreSentWithTheirPositions() {
		this.sources.addFirst(new SimpleCommandLinePropertySource("--from=argument"));
		this.sources.addFirst(map("Inlined Test Properties"));
		this.sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, map("middle"));
		this.sources.addLast(new OriginTrackedMapPropertySource("Config resource 'application.yml'", Map.of("a", 1)));
		this.sources.addLast(map("class path resource [x.properties]"));
		this.sources.addLast(map("defaultProperties"));
		assertThat(SentPropertySources.ofApplication(this.environment))
			.extracting(SentPropertySource::name, SentPropertySource::position)
			.containsExactly(tuple("Inlined Test Properties", Position.BEFORE_SYSTEM_PROPERTIES),
					tuple("commandLineArgs", Position.BEFORE_SYSTEM_PROPERTIES),
					tuple("middle", Position.BEFORE_CONFIGURATION_FILES),
					tuple("class path resource [x.properties]", Position.AFTER_CONFIGURATION_FILES),
					tuple("defaultProperties", Position.DEFAULTS));
	}

	@Test
	void whatAWorkerMakesItselfIsNotSent() {
		ConfigurationPropertySources.attach(this.environment);
		RandomValuePropertySource.addToEnvironment(this.environment);
		this.sources.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of("A_B", "c")));
		this.sources.addFirst(new MapPropertySource("applicationInfo", Map.of("spring.application.pid", 1)));
		this.sources.addFirst(new OriginTrackedMapPropertySource("spring.application.json", Map.of("a", 1)));
		assertThat(SentPropertySources.ofApplication(this.environment)).isEmpty();
	}

	@Test
	void compositeIsSentFlat() {
		CompositePropertySource composite = new CompositePropertySource("composite");
		composite.addPropertySource(new MapPropertySource("one", Map.of("a", "1")));
		composite.addPropertySource(new MapPropertySource("two", Map.of("a", "2", "b", "3")));
		this.sources.addFirst(composite);
		assertThat(onlyProperties()).isEqualTo(Map.of("a", "1", "b", "3"));
	}

	@Test
	void valuesKeepTheirMeaning() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("integer", 4711);
		values.put("placeholder", "${other}");
		values.put("path", Path.of("x"));
		values.put("duration", Duration.ofSeconds(3));
		values.put("class", String.class);
		values.put("enum", Position.DEFAULTS);
		values.put("array", new int[] { 1, 2 });
		values.put("list", List.of("a", Path.of("b")));
		this.sources.addFirst(new MapPropertySource("values", values));
		assertThat(onlyProperties())
			.isEqualTo(Map.of("integer", 4711, "placeholder", "${other}", "path", "x", "duration", "PT3S", "class",
					"java.lang.String", "enum", "DEFAULTS", "array", List.of(1, 2), "list", List.of("a", "b")));
	}

	@Test
	void valueOfTheMomentIsSent() {
		int[] port = { 0 };
		this.sources.addFirst(new MapPropertySource("Dynamic Test Properties", Map.of("port", "")) {

			@Override
			public Object getProperty(String name) {
				return port[0];
			}

		});
		port[0] = 1;
		assertThat(onlyProperties()).isEqualTo(Map.of("port", 1));
	}

	@Test
	void onlyOurOwnPropertiesGoToSmallerContexts() {
		this.sources.addFirst(new MapPropertySource("map",
				Map.of("process-pool.max-size", "${size}", "size", "3", "spring.datasource.password", "secret")));
		assertThat(SentPropertySources.ofProcessPool(this.environment)).singleElement()
			.extracting(SentPropertySource::properties)
			.isEqualTo(Map.of("process-pool.max-size", "3"));
	}

	private Map<String, Object> onlyProperties() {
		List<SentPropertySource> sent = SentPropertySources.ofApplication(this.environment);
		assertThat(sent).hasSize(1);
		return sent.get(0).properties();
	}

	private static PropertySource<?> map(String name) {
		return new MapPropertySource(name, Map.of("key", name));
	}

}
