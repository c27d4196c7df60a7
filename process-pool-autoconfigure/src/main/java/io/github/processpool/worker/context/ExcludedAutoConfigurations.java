package io.github.processpool.worker.context;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Leaves auto-configurations out of a worker's context; does nothing anywhere else. It is
 * asked for every imported class as well, so it must not know what is needed but only
 * what is not.
 */
final class ExcludedAutoConfigurations implements AutoConfigurationImportFilter {

	/** Spring makes the filter, so there is no other way to it. */
	private static volatile Set<String> excluded = Set.of();

	static void set(ContextSlice slice) {
		excluded = Set.copyOf(slice.excluded());
	}

	@Override
	public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
		boolean[] match = new boolean[names.length];
		for (int i = 0; i < names.length; i++) {
			String name = names[i];
			match[i] = name == null || !excluded.contains(name);
		}
		return match;
	}

}
