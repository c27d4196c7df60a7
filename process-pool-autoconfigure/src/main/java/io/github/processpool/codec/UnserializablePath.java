package io.github.processpool.codec;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Finds where in a graph an object of a given class is that cannot be serialised or is
 * refused, the nearest first. It cannot look into all classes of the JDK; then it finds
 * nothing.
 */
final class UnserializablePath {

	/** A graph may be huge; a path to something beyond would help nobody. */
	private static final int MAX_OBJECTS = 200_000;

	private static final int MAX_KEY_LENGTH = 40;

	private final String className;

	private final boolean anyClass;

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Deque<Place> pending = new ArrayDeque<>();

	private UnserializablePath(String className, boolean anyClass) {
		this.className = className;
		this.anyClass = anyClass;
	}

	/**
	 * Finds the path.
	 * @param value where to begin
	 * @param name how the path begins
	 * @param className name of the class of the culprit
	 * @param anyClass whether to look into objects that are not serialisable
	 * @return the path, or {@code null} if the value itself is the culprit or none is
	 * found
	 */
	static @Nullable String find(Object value, String name, String className, boolean anyClass) {
		try {
			return new UnserializablePath(className, anyClass).search(new Place(value, null, name));
		}
		catch (Throwable ex) {
			// A better message is not worth another failure
			return null;
		}
	}

	private @Nullable String search(Place root) {
		this.seen.add(root.object());
		this.pending.add(root);
		for (Place place = this.pending.poll(); place != null; place = this.pending.poll()) {
			if (isCulprit(place.object())) {
				return (place == root) ? null : place.path();
			}
			if (!this.anyClass && !(place.object() instanceof Serializable)) {
				continue;
			}
			try {
				expand(place);
			}
			catch (Exception | LinkageError ex) {
				// Code of the application's own collections may fail, the rest is worth
				// it
			}
		}
		return null;
	}

	private boolean isCulprit(Object object) {
		Class<?> type = (object instanceof Class<?> named) ? named : object.getClass();
		while (type.isArray()) {
			type = type.getComponentType();
		}
		return type.getName().equals(this.className);
	}

	private void expand(Place place) throws ReflectiveOperationException {
		Object object = place.object();
		if (object instanceof Object[] array) {
			for (int i = 0; i < array.length; i++) {
				add(array[i], place, "[" + i + "]");
			}
			return;
		}
		if (object instanceof Class || object instanceof Enum || object instanceof String
				|| object instanceof Externalizable || object.getClass().isArray()) {
			return;
		}
		Object replacement = (object instanceof Serializable) ? replacement(object) : object;
		if (replacement != object) {
			add(replacement, place, "");
			return;
		}
		if (object instanceof Collection<?> collection) {
			int index = 0;
			for (Object element : collection) {
				add(element, place, "[" + index++ + "]");
			}
		}
		else if (object instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				add(value, place, "[" + describe(key) + "]");
				add(key, place, ".key[" + describe(key) + "]");
			});
		}
		else if (object instanceof Map.Entry<?, ?> entry) {
			add(entry.getKey(), place, ".key");
			add(entry.getValue(), place, ".value");
		}
		else if (object instanceof AtomicReference<?> reference) {
			add(reference.get(), place, ".value");
		}
		else if (object instanceof SerializedLambda lambda) {
			for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
				add(lambda.getCapturedArg(i), place, ".captured[" + i + "]");
			}
		}
		else if (object instanceof Throwable throwable) {
			add(throwable.getCause(), place, ".cause");
			for (Throwable suppressed : throwable.getSuppressed()) {
				add(suppressed, place, ".suppressed");
			}
		}
		expandFields(place);
	}

	private void expandFields(Place place) throws IllegalAccessException {
		for (Class<?> type = place.object().getClass(); type != null
				&& (this.anyClass || Serializable.class.isAssignableFrom(type)); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())
						&& !field.getType().isPrimitive() && field.trySetAccessible()) {
					add(field.get(place.object()), place, "." + field.getName());
				}
			}
		}
	}

	private static @Nullable Object replacement(Object object) throws ReflectiveOperationException {
		for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			Method method;
			try {
				method = type.getDeclaredMethod("writeReplace");
			}
			catch (NoSuchMethodException ex) {
				continue;
			}
			return method.trySetAccessible() ? method.invoke(object) : object;
		}
		return object;
	}

	private void add(@Nullable Object object, Place parent, String step) {
		if (object != null && this.seen.size() < MAX_OBJECTS && this.seen.add(object)) {
			this.pending.add(new Place(object, parent, step));
		}
	}

	private static String describe(@Nullable Object key) {
		if (key instanceof String || key instanceof Number || key instanceof Enum) {
			String text = key.toString();
			return (text.length() <= MAX_KEY_LENGTH) ? text : text.substring(0, MAX_KEY_LENGTH) + "…";
		}
		return "?";
	}

	/** An object and how it was reached. */
	private record Place(Object object, @Nullable Place parent, String step) {

		String path() {
			StringBuilder path = new StringBuilder();
			for (Place place = this; place != null; place = place.parent()) {
				path.insert(0, place.step());
			}
			return path.toString();
		}

	}

}
