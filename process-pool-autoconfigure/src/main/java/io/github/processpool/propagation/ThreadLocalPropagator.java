package io.github.processpool.propagation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.ContextPropagator;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@link ThreadLocalAccessor}s of Micrometer's context propagation that
 * are known by a text and can cross.
 *
 * @since 0.1.0
 */
public final class ThreadLocalPropagator implements ContextPropagator {

	/**
	 * Observations cross as trace contexts, and security only where it is asked for.
	 */
	private static final List<String> OTHERS = List.of("micrometer.", "org.springframework.security.");

	private static final Scope NOTHING = () -> {
	};

	@Override
	public String name() {
		return "context";
	}

	@Override
	public @Nullable Map<String, ?> capture() {
		Map<String, Object> values = null;
		for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
			if (accessor.key() instanceof String key && isOurs(key)) {
				Object value = accessor.getValue();
				if (value != null) {
					values = (values != null) ? values : new HashMap<>();
					values.put(key, value);
				}
			}
		}
		return values;
	}

	private static boolean isOurs(String key) {
		for (String prefix : OTHERS) {
			if (key.startsWith(prefix)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public Scope restore(Map<String, Object> values, String task) {
		if (values.isEmpty()) {
			// Nor are all accessors loaded, which most workers need none of
			return NOTHING;
		}
		List<ThreadLocalAccessor<?>> restored = new ArrayList<>(values.size());
		for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
			Object value = values.get(accessor.key());
			if (value != null) {
				set(accessor, value);
				restored.add(accessor);
			}
		}
		return () -> restored.forEach(ThreadLocalAccessor::setValue);
	}

	@SuppressWarnings("unchecked")
	private static <V> void set(ThreadLocalAccessor<V> accessor, Object value) {
		accessor.setValue((V) value);
	}

}
