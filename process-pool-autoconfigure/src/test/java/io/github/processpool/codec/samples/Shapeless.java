package io.github.processpool.codec.samples;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * A value whose name begins like that of another, and a handler of proxies.
 */
public final class Shapeless implements InvocationHandler, Serializable {

	private static final long serialVersionUID = 1L;

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
		return null;
	}

}
