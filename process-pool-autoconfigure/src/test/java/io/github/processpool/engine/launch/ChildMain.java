package io.github.processpool.engine.launch;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the launched JVM runs in the tests: prints what reached it. Uses the JDK only.
 */
public final class ChildMain {

	private ChildMain() {
	}

	public static void main(String[] args) throws Exception {
		if (args.length == 1 && args[0].equals("crash")) {
			crash();
		}
		System.out.println("spoken ü");
		for (String arg : args) {
			System.out.println("arg " + encode(arg));
		}
		System.out.println("property " + encode(System.getProperty("nasty", "")));
		System.out.println("directory " + encode(System.getProperty("user.dir", "")));
		System.out.println("classPath " + encode(System.getProperty("java.class.path", "")));
		System.out.println("heap " + Runtime.getRuntime().maxMemory());
		System.getenv().forEach((name, value) -> System.out.println("env " + name + "=" + encode(value)));
	}

	static String encode(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static void crash() throws Exception {
		Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
		field.setAccessible(true);
		Object unsafe = field.get(null);
		unsafe.getClass().getMethod("putAddress", long.class, long.class).invoke(unsafe, 0L, 0L);
	}

}
