package io.github.processpool.codec;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the classes whose objects are just their fields. Lives as long as its codec, and
 * keeps these classes alive as long. Thread-safe.
 */
final class ForyStructs {

	private static final Set<String> HOOKS = Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace",
			"readResolve");

	private final Map<Class<?>, ForyStruct> structs = new ConcurrentHashMap<>();

	ForyStruct of(Class<?> type) {
		return this.structs.computeIfAbsent(type, ForyStruct::of);
	}

	/**
	 * Whether the objects of a class are just their fields: the JDK is not asked how they
	 * are serialised.
	 * @param type the class
	 * @return {@code true} if they are
	 */
	boolean isStruct(Class<?> type) {
		if (this.structs.containsKey(type)) {
			return true;
		}
		if (JdkTypes.isPlatform(type) || Proxy.isProxyClass(type) || type.isInterface()
				|| Modifier.isAbstract(type.getModifiers())) {
			return false;
		}
		if (type.isRecord()) {
			// Of the methods below, these are the ones that records may have
			return !Serializable.class.isAssignableFrom(type) || (!Externalizable.class.isAssignableFrom(type)
					&& !hasMethod(type, "writeReplace") && !hasMethod(type, "readResolve"));
		}
		if (Externalizable.class.isAssignableFrom(type) || Throwable.class.isAssignableFrom(type)) {
			return false;
		}
		for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
			if (Serializable.class.isAssignableFrom(each) && hasHooks(each)) {
				return false;
			}
			if (JdkTypes.isPlatform(each) && hasFields(each)) {
				// The JDK lets nobody see them
				return false;
			}
		}
		return true;
	}

	private static boolean hasHooks(Class<?> type) {
		for (Method method : type.getDeclaredMethods()) {
			if (HOOKS.contains(method.getName())) {
				return true;
			}
		}
		for (Field field : type.getDeclaredFields()) {
			if (field.getName().equals("serialPersistentFields")) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasMethod(Class<?> type, String name) {
		for (Method method : type.getDeclaredMethods()) {
			if (method.getName().equals(name) && method.getParameterCount() == 0) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasFields(Class<?> type) {
		for (Field field : type.getDeclaredFields()) {
			if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
				return true;
			}
		}
		return false;
	}

}
