package io.github.processpool.codec;

import java.util.Set;

/**
 * The types of the JDK that only hold values: reading one runs no code that an attacker
 * could choose. Listed by name, since some live in modules that may be absent.
 */
final class JdkTypes {

	private static final Set<String> PACKAGES = Set.of("java.math", "java.text", "java.util", "java.util.concurrent",
			"java.util.concurrent.atomic", "java.util.concurrent.locks", "java.util.function", "java.util.regex");

	private static final Set<String> CLASSES = Set.of(
			// Language
			"java.lang.Object", "java.lang.Boolean", "java.lang.Byte", "java.lang.Character", "java.lang.Short",
			"java.lang.Integer", "java.lang.Long", "java.lang.Float", "java.lang.Double", "java.lang.Number",
			"java.lang.Void", "java.lang.String", "java.lang.StringBuilder", "java.lang.StringBuffer",
			"java.lang.String$CaseInsensitiveComparator", "java.lang.CharSequence", "java.lang.Comparable",
			"java.lang.Iterable", "java.lang.Runnable", "java.lang.Cloneable", "java.lang.AutoCloseable",
			"java.lang.Enum", "java.lang.Enum$EnumDesc", "java.lang.Record", "java.lang.Class",
			"java.lang.StackTraceElement",
			// What the stream itself needs; the class that a lambda comes from, and the
			// interfaces and the handler of a proxy are judged on their own
			"java.io.Serializable", "java.io.Externalizable", "java.lang.invoke.SerializedLambda",
			"java.lang.reflect.Proxy",
			// Files, addresses, dates
			"java.io.File", "java.net.URI", "java.net.URL", "java.net.InetAddress", "java.net.Inet4Address",
			"java.net.Inet6Address", "java.net.SocketAddress", "java.net.InetSocketAddress", "java.sql.Date",
			"java.sql.Time", "java.sql.Timestamp",
			// What java.util.TimeZone and Calendar are made of
			"sun.util.calendar.ZoneInfo", "sun.util.BuddhistCalendar");

	private JdkTypes() {
	}

	static boolean isValue(Class<?> type) {
		String name = type.getName();
		if (CLASSES.contains(name)) {
			return true;
		}
		// No class loader but the JDK's own can define a class of this name
		if (!name.startsWith("java.")) {
			return false;
		}
		String packageName = type.getPackageName();
		return PACKAGES.contains(packageName) || packageName.equals("java.time") || packageName.startsWith("java.time.")
				|| isEnum(type) || (Throwable.class.isAssignableFrom(type) && !packageName.startsWith("java.rmi"));
	}

	/**
	 * Whether a class belongs to the Java platform.
	 * @param type the class
	 * @return {@code true} if it does
	 */
	static boolean isPlatform(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader();
	}

	private static boolean isEnum(Class<?> type) {
		// The class of a constant with a body is no enum itself
		return Enum.class.isAssignableFrom(type);
	}

}
