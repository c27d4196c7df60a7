package io.github.processpool.worker.context;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.core.io.Resource;

/**
 * Names of the sources of an application, the same in parent and worker.
 */
public final class SourceNames {

	private SourceNames() {
	}

	/**
	 * Names sources.
	 * @param sources classes, packages, resources or names
	 * @return their names, in order
	 */
	public static Set<String> of(Collection<?> sources) {
		Set<String> names = new LinkedHashSet<>();
		for (Object source : sources) {
			names.add(nameOf(source));
		}
		return names;
	}

	private static String nameOf(Object source) {
		if (source instanceof Class<?> type) {
			return type.getName();
		}
		if (source instanceof Package location) {
			return location.getName();
		}
		if (source instanceof Resource resource) {
			return resource.getDescription();
		}
		return source.toString();
	}

}
