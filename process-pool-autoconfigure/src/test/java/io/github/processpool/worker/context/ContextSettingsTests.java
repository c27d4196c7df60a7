package io.github.processpool.worker.context;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.worker.context.SentPropertySource.Position;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ContextSettings}.
 */
class ContextSettingsTests {

	@Test
	void settingsComeBackEqual() throws IOException {
		ContextSettings settings = full("value");
		assertThat(ContextSettings.decode(settings.encode())).isEqualTo(settings);
	}

	@Test
	void emptySettingsComeBackEqual() throws IOException {
		ContextSettings settings = ContextSettings.ofConfiguration(List.of(), List.of());
		assertThat(ContextSettings.decode(settings.encode())).isEqualTo(settings);
	}

	@Test
	void valueLongerThanWriteUtfAllowsComesBackEqual() throws IOException {
		ContextSettings settings = full("ü日".repeat(100_000));
		assertThat(ContextSettings.decode(settings.encode())).isEqualTo(settings);
	}

	@Test
	void propertiesKeepTheirOrder() throws IOException {
		ContextSettings settings = ContextSettings.decode(full("value").encode());
		assertThat(settings.propertySources().get(0).properties().keySet()).containsExactly("string", "integer", "long",
				"double", "boolean", "list");
	}

	@Test
	void otherValueIsSentAsItsString() throws IOException {
		ContextSettings settings = ContextSettings.ofConfiguration(List.of(), List
			.of(new SentPropertySource("source", Position.DEFAULTS, Map.of("text", new StringBuilder("built")))));
		assertThat(ContextSettings.decode(settings.encode()).propertySources().get(0).properties())
			.isEqualTo(Map.of("text", "built"));
	}

	@Test
	void cutSettingsAreRefusedAtEveryByte() {
		byte[] bytes = full("value").encode();
		for (int i = 0; i < bytes.length; i++) {
			byte[] cut = Arrays.copyOf(bytes, i);
			assertThatExceptionOfType(IOException.class).as("cut at %s", i)
				.isThrownBy(() -> ContextSettings.decode(cut));
		}
	}

	@Test
	void negativeLengthIsRefused() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> ContextSettings.decode(new byte[] { 0, -1, -1, -1, -1 }))
			.withMessageContaining("negative length");
	}

	private static ContextSettings full(String value) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("string", value);
		properties.put("integer", 42);
		properties.put("long", 1L << 40);
		properties.put("double", 0.5);
		properties.put("boolean", true);
		properties.put("list", List.of("a", 1, List.of(false)));
		return new ContextSettings("com.example.Main", List.of("com.example.App", "classpath:beans.xml"),
				List.of("--a=b", ""), List.of("com.example.Config"), List.of("prod"), Map.of("key", value),
				List.of(new SentPropertySource("first", Position.BEFORE_SYSTEM_PROPERTIES, properties),
						new SentPropertySource("last", Position.DEFAULTS, Map.of())),
				List.of("com.example.Filter"));
	}

}
