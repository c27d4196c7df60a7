package io.github.processpool.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.processpool.engine.PoolConfig;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the configuration metadata, from which editors complete and users read,
 * tells everything and the truth.
 */
class ConfigurationMetadataTests {

	private final Map<String, JsonNode> properties = read();

	@Test
	void everyPropertyShouldBeDescribed() {
		TreeSet<String> names = new TreeSet<>();
		collect(ProcessPoolProperties.class, "process-pool.", names);
		assertThat(this.properties.keySet()).containsAll(names);
		assertThat(names).hasSize(45);
		assertThat(this.properties).allSatisfy((name, property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(name).isNotBlank().endsWith(".").doesNotStartWith("The ").doesNotStartWith("A ");
		});
	}

	@Test
	void defaultValuesShouldBeThoseInForce() {
		ConversionService conversion = ApplicationConversionService.getSharedInstance();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class))
			.run((context) -> {
				PoolConfig config = context.getBean(ProcessPoolFactory.class).config("default");
				Map<String, Object> actual = Map.ofEntries(Map.entry("core-size", config.coreSize()),
						Map.entry("queue-capacity", config.queueCapacity()),
						Map.entry("queue-bytes", DataSize.ofBytes(config.queueBytes())),
						Map.entry("keep-alive", config.keepAlive()), Map.entry("queue-timeout", config.queueTimeout()),
						Map.entry("task-timeout", config.taskTimeout()),
						Map.entry("startup-timeout", config.startupTimeout()),
						Map.entry("shutdown-timeout", config.shutdownTimeout()),
						Map.entry("cancel-grace", config.cancelGrace()),
						Map.entry("max-tasks-per-worker", config.maxTasksPerWorker()),
						Map.entry("max-lifetime", config.maxLifetime()),
						Map.entry("max-memory", DataSize.ofBytes(config.maxMemory())),
						Map.entry("max-retained-heap", DataSize.ofBytes(config.maxRetainedHeap())),
						Map.entry("max-payload-size", DataSize.ofBytes(config.maxPayloadSize())),
						Map.entry("serialization.codec", config.codec()),
						Map.entry("worker.context", ContextLevel.APPLICATION),
						Map.entry("worker.max-heap", DataSize.ofBytes(config.worker().maxHeap())),
						Map.entry("worker.debug-port", config.worker().debugPort()),
						Map.entry("worker.heartbeat-timeout", config.worker().heartbeatTimeout()),
						Map.entry("enabled", true), Map.entry("mode", ProcessPoolProperties.Mode.PROCESS),
						Map.entry("start", ProcessPoolProperties.Start.LAZY));
				Map<String, Object> told = new TreeMap<>();
				this.properties.forEach((name, property) -> {
					String key = name.substring("process-pool.".length());
					if (property.has("defaultValue") && actual.containsKey(key)) {
						told.put(key, conversion.convert(property.get("defaultValue").asString(),
								actual.get(key).getClass()));
					}
				});
				assertThat(told).containsExactlyInAnyOrderEntriesOf(actual);
			});
	}

	private static void collect(Class<?> type, String prefix, TreeSet<String> names) {
		for (Class<?> current = type; current != Object.class; current = current.getSuperclass()) {
			for (Field field : current.getDeclaredFields()) {
				if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
					continue;
				}
				String name = prefix + field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
				if (field.getType().getName().startsWith("io.github.processpool.") && !field.getType().isEnum()) {
					collect(field.getType(), name + ".", names);
				}
				else {
					names.add(name);
				}
			}
		}
	}

	private static Map<String, JsonNode> read() {
		try (InputStream in = ProcessPoolProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Map<String, JsonNode> properties = new TreeMap<>();
			for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
				properties.put(property.get("name").asString(), property);
			}
			return properties;
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
