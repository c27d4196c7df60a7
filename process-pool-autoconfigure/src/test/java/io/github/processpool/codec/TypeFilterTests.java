package io.github.processpool.codec;

import java.awt.Point;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.nio.file.attribute.PosixFilePermission;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import javax.management.BadAttributeValueExpException;

import io.github.processpool.TaskSerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link TypeFilter}.
 */
class TypeFilterTests {

	private final TypeFilter none = TypeFilter.of(List.of());

	@ParameterizedTest
	@ValueSource(classes = { Integer.class, String.class, StringBuilder.class, Object.class, int.class, long[][].class,
			String[].class, ConcurrentHashMap.class, Map.Entry.class, ZonedDateTime.class, Pattern.class,
			Currency.class, URI.class, TimeUnit.class, RetentionPolicy.class, PosixFilePermission.class,
			IllegalStateException.class, java.sql.Timestamp.class, java.sql.SQLException.class,
			TaskSerializationException.class })
	void valueTypesAreAlwaysAllowed(Class<?> type) {
		assertThat(this.none.allows(type)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { Point.class, Point[][].class, BadAttributeValueExpException.class, ProcessBuilder.class,
			Runtime.class, Thread.class, ClassLoader.class, java.rmi.server.RemoteObject.class,
			java.rmi.RemoteException.class, java.lang.reflect.Method.class, java.util.logging.Level.class,
			javax.naming.Reference.class, ValueCodec.class, TypeFilterTests.class, org.junit.jupiter.api.Test.class })
	void otherTypesAreRefused(Class<?> type) {
		assertThat(this.none.allows(type)).isFalse();
	}

	@Test
	void classPatternAllowsTheClassAndItsNestedClasses() {
		TypeFilter filter = TypeFilter.of(List.of("io.github.processpool.codec.samples.Shape"));
		assertThat(filter.allows(io.github.processpool.codec.samples.Shape.class)).isTrue();
		assertThat(filter.allows(io.github.processpool.codec.samples.Shape.Circle.class)).isTrue();
		assertThat(filter.allows(io.github.processpool.codec.samples.Shape.Circle[].class)).isTrue();
		assertThat(filter.allows(io.github.processpool.codec.samples.Shapeless.class)).isFalse();
	}

	@Test
	void packagePatternAllowsThatPackageOnly() {
		TypeFilter filter = TypeFilter.of(List.of("io.github.processpool.codec.*"));
		assertThat(filter.allows(TypeFilterTests.class)).isTrue();
		assertThat(filter.allows(io.github.processpool.codec.samples.Shape.class)).isFalse();
		assertThat(TypeFilter.of(List.of("io.github.processpool.co.*")).allows(TypeFilterTests.class)).isFalse();
	}

	@Test
	void packageTreePatternAllowsAllBelow() {
		TypeFilter filter = TypeFilter.of(List.of(" io.github.processpool.codec.** "));
		assertThat(filter.allows(TypeFilterTests.class)).isTrue();
		assertThat(filter.allows(io.github.processpool.codec.samples.Shape.Circle.class)).isTrue();
		assertThat(TypeFilter.of(List.of("io.github.processpool.co.**")).allows(TypeFilterTests.class)).isFalse();
	}

	@Test
	void patternsAddUp() {
		TypeFilter filter = TypeFilter.of(List.of("java.awt.Point", "io.github.processpool.codec.samples.*"));
		assertThat(filter.allows(Point.class)).isTrue();
		assertThat(filter.allows(io.github.processpool.codec.samples.Shapeless.class)).isTrue();
		assertThat(filter.allows(java.awt.Color.class)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "**", ".*", "com..acme", "com.acme.", "com.*.acme", "com.acme*",
			"com.acme.***", "!com.acme.*", "com/acme/Foo", "com.acme.Foo;com.acme.Bar", "1com.acme", "com.acme.1a",
			"com acme" })
	void malformedPatternIsNamed(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> TypeFilter.of(List.of("com.acme.Good", pattern)))
			.withMessageContaining("'" + pattern + "'")
			.withMessageContaining("com.example.**");
	}

}
