package io.github.processpool.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.processpool.ContextPropagator;
import io.github.processpool.autoconfigure.PoolSettings.Setting;
import io.github.processpool.codec.ContextCarrier;
import io.github.processpool.propagation.LocalePropagator;
import io.github.processpool.propagation.MdcPropagator;
import io.github.processpool.propagation.SecurityPropagator;
import io.github.processpool.propagation.ThreadLocalPropagator;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Chooses what goes along with the tasks of a pool. A bean takes the place of ours of the
 * same name.
 */
final class PropagatorFactory {

	private static final boolean CONTEXT_PRESENT = isPresent("io.micrometer.context.ContextRegistry");

	private static final boolean SECURITY_PRESENT = isPresent(
			"org.springframework.security.core.context.SecurityContextHolder");

	private PropagatorFactory() {
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, PropagatorFactory.class.getClassLoader());
	}

	static List<ContextPropagator> create(PoolSettings settings, List<ContextPropagator> beans) {
		Map<String, ContextPropagator> all = new LinkedHashMap<>();
		if (get(settings, "mdc", PropagationProperties::getMdc).or(true)) {
			add(all, new MdcPropagator());
		}
		if (get(settings, "locale", PropagationProperties::getLocale).or(true)) {
			add(all, new LocalePropagator());
		}
		if (CONTEXT_PRESENT && get(settings, "context", PropagationProperties::getContext).or(true)) {
			add(all, new ThreadLocalPropagator());
		}
		if (isSecurityWanted(settings)) {
			add(all, new SecurityPropagator());
		}
		beans.forEach((bean) -> add(all, bean));
		if (!isTraced(settings)) {
			all.remove(ContextCarrier.TRACE);
		}
		return new ArrayList<>(all.values());
	}

	/**
	 * What has to be deserialised for our propagators.
	 */
	static List<String> types(PoolSettings settings) {
		return isSecurityWanted(settings) ? SecurityPropagator.TYPES : List.of();
	}

	static boolean isTraced(PoolSettings settings) {
		return get(settings, "trace", PropagationProperties::getTrace).or(true);
	}

	private static boolean isSecurityWanted(PoolSettings settings) {
		Setting<Boolean> security = get(settings, "security", PropagationProperties::getSecurity);
		if (security.or(false) && !SECURITY_PRESENT) {
			throw security.invalid("Spring Security is not on the class path.");
		}
		return security.or(false);
	}

	private static void add(Map<String, ContextPropagator> all, ContextPropagator propagator) {
		all.put(propagator.name(), propagator);
	}

	static <T> Setting<T> get(PoolSettings settings, String property,
			Function<PropagationProperties, @Nullable T> getter) {
		return settings.get("propagation." + property, (pool) -> getter.apply(pool.getPropagation()));
	}

}
