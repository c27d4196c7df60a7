package io.github.processpool.propagation;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * A thread local of an application, as Micrometer's context propagation finds it.
 */
public final class Tenant implements ThreadLocalAccessor<Object> {

	static final ThreadLocal<Object> CURRENT = new ThreadLocal<>();

	static final String KEY = "test.tenant";

	@Override
	public Object key() {
		return KEY;
	}

	@Override
	public @Nullable Object getValue() {
		return CURRENT.get();
	}

	@Override
	public void setValue(Object value) {
		CURRENT.set(value);
	}

	@Override
	public void setValue() {
		CURRENT.remove();
	}

}
