package io.github.processpool.codec;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.SerializationCodec;
import io.github.processpool.protocol.SettingNames;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Codecs}.
 */
class CodecsTests {

	@Test
	void foryIsTheDefaultWhereItIs() {
		assertThat(Codecs.resolve(null, SettingNames.ofBuilder())).isEqualTo(SerializationCodec.FORY);
		assertThat(Codecs.resolve(SerializationCodec.JDK, SettingNames.ofBuilder())).isEqualTo(SerializationCodec.JDK);
	}

	@Test
	void jdkIsTheDefaultWhereForyIsNot() throws Exception {
		try (URLClassLoader loader = withoutFory()) {
			Class<?> kind = loader.loadClass(SerializationCodec.class.getName());
			Class<?> codecs = loader.loadClass(Codecs.class.getName());
			Class<?> names = loader.loadClass(SettingNames.class.getName());
			assertThat(codecs.getMethod("resolve", kind, names)
				.invoke(null, null, names.getMethod("ofBuilder").invoke(null))).hasToString("JDK");
			assertThat(codec(loader, "JDK")).isNotNull();
		}
	}

	@Test
	void missingForyIsNamed() throws Exception {
		try (URLClassLoader loader = withoutFory()) {
			assertThatExceptionOfType(InvocationTargetException.class).isThrownBy(() -> codec(loader, "FORY"))
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessageContaining("'fory'")
				.withMessageContaining("org.apache.fory:fory-core")
				.withMessageContaining("process-pool.pools.x.serialization.codec");
		}
	}

	private static Object codec(ClassLoader loader, String name) throws ReflectiveOperationException {
		Class<?> kind = loader.loadClass(SerializationCodec.class.getName());
		Class<?> filter = loader.loadClass(TypeFilter.class.getName());
		Class<?> names = loader.loadClass(SettingNames.class.getName());
		return loader.loadClass(ValueCodec.class.getName())
			.getConstructor(kind, filter, ClassLoader.class)
			.newInstance(kind.getMethod("valueOf", String.class).invoke(null, name),
					filter.getMethod("of", java.util.Collection.class, names)
						.invoke(null, List.of(), names.getMethod("ofPool", String.class).invoke(null, "x")),
					loader);
	}

	private static URLClassLoader withoutFory() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.contains("fory-core")) {
				urls.add(new File(entry).toURI().toURL());
			}
		}
		assertThat(urls).isNotEmpty();
		return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

}
