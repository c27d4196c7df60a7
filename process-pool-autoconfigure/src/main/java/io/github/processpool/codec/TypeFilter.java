package io.github.processpool.codec;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.processpool.protocol.SettingNames;

/**
 * Allow-list of what may be sent and deserialised. The value types of the JDK and the API
 * of this library are always allowed, everything else only by a pattern:
 * <ul>
 * <li>{@code com.example.Foo} is that class and its nested classes</li>
 * <li>{@code com.example.*} is a package</li>
 * <li>{@code com.example.**} is a package and all below it</li>
 * </ul>
 * Immutable.
 */
public final class TypeFilter {

	private static final String API_PACKAGE = "io.github.processpool";

	private final List<TypePattern> patterns;

	private final SettingNames settings;

	private final ClassValue<Boolean> allowed = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return judge(type);
		}

	};

	private TypeFilter(List<TypePattern> patterns, SettingNames settings) {
		this.patterns = patterns;
		this.settings = settings;
	}

	/**
	 * Creates a filter.
	 * @param patterns what is allowed beyond the value types of the JDK
	 * @return the filter
	 * @throws IllegalArgumentException if a pattern is malformed; the text names it
	 */
	public static TypeFilter of(Collection<String> patterns) {
		return of(patterns, SettingNames.ofPool("default"));
	}

	/**
	 * Creates a filter of a pool.
	 * @param patterns what is allowed beyond the value types of the JDK
	 * @param settings how the user calls the settings of the pool
	 * @return the filter
	 * @throws IllegalArgumentException if a pattern is malformed; the text names it
	 */
	public static TypeFilter of(Collection<String> patterns, SettingNames settings) {
		List<TypePattern> parsed = new ArrayList<>(patterns.size());
		for (String pattern : patterns) {
			parsed.add(TypePattern.parse(pattern));
		}
		return new TypeFilter(List.copyOf(parsed), settings);
	}

	/**
	 * How messages call the settings of the pool.
	 */
	SettingNames settings() {
		return this.settings;
	}

	/**
	 * Whether objects of a class may be deserialised. An array is judged by what it
	 * holds.
	 * @param type the class
	 * @return {@code true} if it is allowed
	 */
	public boolean allows(Class<?> type) {
		Class<?> judged = type;
		while (judged.isArray()) {
			judged = judged.getComponentType();
		}
		return judged.isPrimitive() || this.allowed.get(judged);
	}

	/**
	 * Requires that all interfaces of a proxy are allowed.
	 * @param proxy class of the proxy
	 * @throws StreamRefusedException if one is not
	 */
	void requireInterfaces(Class<?> proxy) throws StreamRefusedException {
		for (Class<?> type : proxy.getInterfaces()) {
			if (!allows(type)) {
				throw StreamRefusedException.of(type);
			}
		}
	}

	private boolean judge(Class<?> type) {
		if (JdkTypes.isValue(type)) {
			return true;
		}
		if (Proxy.isProxyClass(type)) {
			return Arrays.stream(type.getInterfaces()).allMatch(this::allows);
		}
		String className = type.getName();
		String packageName = type.getPackageName();
		if (packageName.equals(API_PACKAGE)) {
			return true;
		}
		for (TypePattern pattern : this.patterns) {
			if (pattern.matches(className, packageName)) {
				return true;
			}
		}
		return false;
	}

}
