package io.github.processpool.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Object stream that finds classes by a given class loader and asks a
 * {@link StreamFilter}. Confined to one thread.
 */
class ResolvingObjectInput extends ObjectInputStream {

	private static final Map<String, Class<?>> PRIMITIVES = Map.of("boolean", boolean.class, "byte", byte.class, "char",
			char.class, "short", short.class, "int", int.class, "long", long.class, "float", float.class, "double",
			double.class, "void", void.class);

	private static final InvocationHandler NO_HANDLER = (proxy, method, arguments) -> {
		throw new UnsupportedOperationException(method.getName());
	};

	private final ClassLoader classLoader;

	private final StreamFilter filter;

	ResolvingObjectInput(InputStream in, ClassLoader classLoader, StreamFilter filter) throws IOException {
		super(in);
		this.classLoader = classLoader;
		this.filter = filter;
		setObjectInputFilter(filter);
	}

	/**
	 * Reads an object and tells a refusal from other failures, even if code of a class
	 * that was being read has swallowed it.
	 * @return the object
	 * @throws StreamRefusedException if the filter refused something
	 * @throws Throwable whatever code of the classes throws
	 */
	final @Nullable Object readChecked() throws Throwable {
		Object value = null;
		Throwable failure = null;
		try {
			value = readObject();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		String refusal = this.filter.refusal();
		if (refusal != null) {
			throw new StreamRefusedException(refusal, this.filter.refusedClass());
		}
		if (failure != null) {
			throw failure;
		}
		return value;
	}

	@Override
	protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
		String name = descriptor.getName();
		Class<?> primitive = PRIMITIVES.get(name);
		return (primitive != null) ? primitive : Class.forName(name, false, this.classLoader);
	}

	@Override
	protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
		Class<?>[] interfaces = new Class<?>[names.length];
		ClassLoader loader = this.classLoader;
		for (int i = 0; i < names.length; i++) {
			interfaces[i] = Class.forName(names[i], false, this.classLoader);
			if (!Modifier.isPublic(interfaces[i].getModifiers())) {
				// A proxy must be in the package of an interface that is not public
				loader = interfaces[i].getClassLoader();
			}
		}
		try {
			return Proxy.newProxyInstance(loader, interfaces, NO_HANDLER).getClass();
		}
		catch (IllegalArgumentException ex) {
			throw new ClassNotFoundException("proxy of " + String.join(", ", names), ex);
		}
	}

}
