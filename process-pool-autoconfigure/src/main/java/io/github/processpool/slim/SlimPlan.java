package io.github.processpool.slim;

import java.util.Collection;
import java.util.List;

import io.github.processpool.worker.context.ContextSlice;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of a pool leave out. Immutable.
 *
 * @param slice what they leave out, which may be nothing
 * @param definitions number of bean definitions of the application
 * @param reason why they leave nothing out, or {@code null} if they do or there is
 * nothing to leave out
 * @param settled whether the plan cannot become another one
 */
public record SlimPlan(ContextSlice slice, int definitions, @Nullable String reason, boolean settled) {

	static SlimPlan whole(int definitions, @Nullable String reason, boolean settled) {
		return new SlimPlan(ContextSlice.WHOLE, definitions, reason, settled);
	}

	/**
	 * What the user decides.
	 *
	 * @param compute whether what is not needed is found out
	 * @param exclude names of auto-configurations that are left out in any case
	 * @param keep names of auto-configurations that are never left out
	 * @param properties names of the properties and environment variables that workers
	 * have of their own
	 */
	public record Choice(boolean compute, Collection<String> exclude, Collection<String> keep,
			Collection<String> properties) {

		/**
		 * Copies the collections.
		 */
		public Choice {
			exclude = List.copyOf(exclude);
			keep = List.copyOf(keep);
			properties = List.copyOf(properties);
		}

		/**
		 * Whether workers have the whole context.
		 * @return {@code true} if nothing is ever left out
		 */
		public boolean isWhole() {
			return !this.compute && this.exclude.isEmpty();
		}

	}

}
